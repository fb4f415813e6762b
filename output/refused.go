package output

import "fmt"

// Refused says that a run may not write where it was told to. The mistake is the user's, not the disk's: the command
// ends with exit code 2.
type Refused struct {
	Path        string
	Reason, Fix string
}

// Error says where, why, and what to do.
func (r *Refused) Error() string {
	return fmt.Sprintf("%s: %s; %s", r.Path, r.Reason, r.Fix)
}
