package output

import (
	"encoding/json"
	"io"
)

// packageFile describes the tables for programs that know Frictionless Data packages. It says nothing that the files
// themselves do not: names, types, units, descriptions, keys and hashes.
const packageFile = "datapackage.json"

// dataPackage is a Data Package. Source: datapackage.org, Data Package 2.0, Data Resource and Table Schema; unit is
// ours, which the standard allows.
type dataPackage struct {
	Schema    string         `json:"$schema"`
	Name      string         `json:"name"`
	Title     string         `json:"title"`
	Version   string         `json:"version"` // of the tables' columns
	Resources []dataResource `json:"resources"`
}

type dataResource struct {
	Name        string     `json:"name"`
	Type        string     `json:"type"`
	Path        string     `json:"path"`
	Description string     `json:"description"`
	Format      string     `json:"format"`
	MediaType   string     `json:"mediatype"`
	Hash        string     `json:"hash"`
	Schema      dataSchema `json:"schema"`
}

type dataSchema struct {
	Fields  []dataField `json:"fields"`
	Missing []string    `json:"missingValues"` // none: what is unknown is null, and an empty text is a text
	Key     []string    `json:"primaryKey,omitempty"`
}

type dataField struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Unit        string         `json:"unit,omitempty"`
	Description string         `json:"description"`
	Constraints map[string]any `json:"constraints,omitempty"` // written in order of its keys
}

// fieldTypes are the standard's words for ours.
var fieldTypes = map[string]string{
	"string": "string", "float64": "number", "int32": "integer", "int64": "integer", "boolean": "boolean", "date": "date", "timestamp": "datetime",
}

// keys are the columns that together name a row, by table.
var keys = map[string][]string{
	"replications":         {"point", "arm", "replication", "measure", "type", "channel", "pool", "role", "staff"},
	"summary":              {"point", "arm", "measure", "type", "channel", "pool", "role", "staff"},
	"comparisons":          {"point", "control", "arm", "paired_by", "measure", "type", "channel", "pool", "role", "staff"},
	"pairs":                {"point", "control", "arm", "replication", "type", "fate"},
	"urgent_pairs":         {"point", "control", "arm", "replication", "type"},
	"staff_days":           {"point", "arm", "replication", "staff", "date"},
	"hours":                {"point", "arm", "replication", "pool", "hour"},
	"weeks":                {"point", "arm", "replication", "week"},
	"flows":                {"point", "arm", "replication", "from_kind", "from", "to_kind", "to"},
	"waits":                {"point", "arm", "replication", "type", "channel", "share"},
	"threads":              {"point", "arm", "replication", "contact"},
	"events":               {"point", "arm", "replication", "number"},
	"staff_states":         {"point", "arm", "replication", "staff", "began"},
	"inputs":               {"point", "arm", "path"},
	"draws":                {"point", "draw", "arm", "input"},
	"points":               {"point", "factor"},
	"drivers":              {"point", "control", "arm", "measure", "input"},
	"choices":              {"point", "arm"},
	"validation":           {"kind", "case", "quantity"},
	"warmup":               {"arm", "measure", "week"},
	"sensitivity":          {"control", "arm", "measure", "type", "channel", "pool", "role", "staff", "factor", "factor_2"},
	"value_of_information": {"point", "input"},
}

// resource describes one table.
func resource(d *Definition, entry TableEntry) dataResource {
	r := dataResource{
		Name: d.Name, Type: "table", Path: entry.File, Description: "One row per " + d.Doc + ".", Format: "parquet",
		MediaType: "application/vnd.apache.parquet", Hash: "sha256:" + entry.SHA256, Schema: dataSchema{Key: keys[d.Name], Missing: []string{}},
	}
	for _, c := range d.Columns {
		f := dataField{Name: c.Name, Type: fieldTypes[c.Type], Unit: c.Unit, Description: c.Doc}
		if c.Nullable && f.Type == "integer" {
			f.Type = "number" // frictionless-py reads a column of integers with nulls as numbers, and would refuse it
		}
		if !c.Nullable {
			f.Constraints = map[string]any{"required": true}
		}
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	return r
}

// describe returns the package of the tables that a run has written.
func (d *Directory) describe(entries []TableEntry) *dataPackage {
	p := &dataPackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "portalsim-run", Title: "Results of portalsim " + d.version.Version,
		Version: SchemaVersion, Resources: []dataResource{},
	}
	tables := Tables()
	for i, s := range d.tables {
		for k := range tables {
			if tables[k].Name == s.name {
				p.Resources = append(p.Resources, resource(&tables[k], entries[i]))
			}
		}
	}
	return p
}

func (p *dataPackage) write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(p)
}
