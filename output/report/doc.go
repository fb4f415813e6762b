// Package report writes the results of a run as one HTML file that needs nothing else: no script, no font, no request.
//
// Read gathers the tables of an output directory, Write makes the page. Each figure is a function from the study to a
// Figure: a title that says what it shows, a sentence that says what it tells, drawings for a wide and a narrow screen,
// and the table behind them. A figure whose tables a run has not written is left out; figures lists them in the order
// of the page.
//
// All text goes through html/template, so that what somebody else wrote is shown and never obeyed.
package report
