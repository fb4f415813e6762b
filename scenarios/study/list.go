package study

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"portalsim/scenarios"
)

// list reads the points of a file: a column for each factor, a row for each point. An empty cell leaves the arms as
// they stand.
func (b *builder) list(at scenarios.Place) {
	s := b.study
	file := b.study.File.Design.List
	if file == "" {
		b.refuse(at, "design.list", "required key is missing", "write list: and the path of a CSV or Parquet file of points")
		return
	}
	path := file
	if !filepath.IsAbs(file) {
		path = filepath.Join(filepath.Dir(b.file), file)
	}
	header, rows, err := b.table(path)
	var row *csv.ParseError
	if errors.As(err, &row) {
		b.rowProblem(path, row, header)
		return
	}
	if err != nil {
		b.refuse(at, "design.list", err.Error(), "check the path: it is from the directory of the study file")
		return
	}
	factors := b.columns(path, header)
	levels := make([][]Level, len(rows))
	for r, row := range rows {
		levels[r] = make([]Level, len(s.Factors))
		for f := range s.Factors {
			levels[r][f] = s.Factors[f].Base
		}
		for c, cell := range row {
			if c < len(factors) && factors[c] >= 0 && cell != "" {
				b.cell(&levels[r][factors[c]], factors[c], cell, scenarios.Place{File: path, Line: r + 2, Column: c + 1})
			}
		}
	}
	if len(rows) == 0 {
		b.refuse(scenarios.Place{File: path, Line: 1, Column: 1}, "design.list", "holds no point", "write a row for each point below the names of the factors")
	}
	for f := range s.Factors {
		s.Factors[f].listed = endsOf(levels, f)
	}
	s.points = points{size: len(rows), at: func(i int) []Level { return levels[i] }}
}

// endsOf returns the least and the largest level of a factor over the rows of a list; those of the first and the last row
// where these are words.
func endsOf(levels [][]Level, factor int) []Level {
	if len(levels) == 0 {
		return nil
	}
	ends := []Level{levels[0][factor], levels[0][factor]}
	for _, row := range levels {
		l := row[factor]
		if l.Value < ends[0].Value {
			ends[0] = l
		}
		if !(l.Value <= ends[1].Value) {
			ends[1] = l
		}
	}
	return ends
}

// rowProblem refuses a row that is not of the form of its file.
func (b *builder) rowProblem(path string, row *csv.ParseError, header []string) {
	message, fix := row.Err.Error(), "write quotes only around a whole field, and twice within one"
	if errors.Is(row.Err, csv.ErrFieldCount) {
		message, fix = fmt.Sprintf("has other than the header's %d fields", len(header)), "write a field for each column, empty where the arms are left as they stand"
		if len(header) == 1 && strings.Contains(header[0], ";") {
			message, fix = "has commas within its fields, which semicolons part", "write commas between fields and points in numbers"
		}
	}
	b.refuse(scenarios.Place{File: path, Line: row.Line, Column: row.Column}, "design.list", message, fix)
}

// cell reads one value of the list.
func (b *builder) cell(into *Level, factor int, text string, at scenarios.Place) {
	f := &b.study.Factors[factor]
	n, problems := scenarios.ParseValue(text, at, f.Name)
	for i := range problems {
		problems[i].File = at.File
	}
	b.problems = append(b.problems, problems...)
	if n == nil {
		return
	}
	n.Place = at
	l, err := f.levelOf(n)
	if err != nil {
		b.refuse(at, f.Name, err.Error(), "write a value that the path takes; the column is the number of the column")
		return
	}
	*into = l
}

// columns finds the factor of each column; every factor has one.
func (b *builder) columns(path string, header []string) []int {
	s := b.study
	factors := make([]int, len(header))
	for c, name := range header {
		factors[c] = slices.IndexFunc(s.Factors, func(f Factor) bool { return f.Name == name })
		if factors[c] < 0 && name != "point" {
			var names []string
			for _, f := range s.Factors {
				names = append(names, f.Name)
			}
			fix := scenarios.DidYouMean(name, names)
			if strings.Contains(name, ";") {
				fix = "write commas between fields, not semicolons"
			}
			b.refuse(scenarios.Place{File: path, Line: 1, Column: c + 1}, name, "is no factor of the study", fix)
		}
	}
	for c, name := range header {
		if slices.Contains(header[:c], name) {
			b.refuse(scenarios.Place{File: path, Line: 1, Column: c + 1}, name, "stands twice in the header", "keep one of the columns")
		}
	}
	for i, f := range s.Factors {
		if !slices.Contains(factors, i) {
			b.refuse(scenarios.Place{File: path, Line: 1, Column: 1}, f.Name, "the list has no column for this factor", "add one, or remove the factor")
		}
	}
	return factors
}

// table reads the cells of a CSV, or lets ReadTable read another kind of file.
func (b *builder) table(path string) (header []string, rows [][]string, err error) {
	isCSV := strings.HasSuffix(path, ".csv")
	if !isCSV && b.source.ReadTable == nil {
		return nil, nil, fmt.Errorf("only .csv can be read here")
	}
	text, err := b.source.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("there is no file %s that can be read", path)
	}
	if !isCSV {
		if header, rows, err = b.source.ReadTable(text); err != nil {
			err = fmt.Errorf("%s %w", path, err)
		}
		return header, rows, err
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	header, err = reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("%s is empty", path)
	}
	if err == nil {
		rows, err = reader.ReadAll()
	}
	return header, rows, err
}
