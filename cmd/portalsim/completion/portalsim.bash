# Completion of portalsim for bash, made by: portalsim completion bash

_portalsim() {
	local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} words cut word
	read -ra words <<<"${line//\\ /$'\x01'}"
	[[ $line == *" " && $line != *"\\ " ]] && words+=("")
	words=("${words[@]//$'\x01'/ }")

	# Bash ends words at = and : too, and replaces only what follows.
	current=${current//\\/}
	[[ $current == "=" || $current == ":" ]] && current=""
	cut=${words[${#words[@]} - 1]%"$current"}

	COMPREPLY=()
	while IFS=$'\t' read -r word _; do
		[[ $word == *[/=.+:] ]] && compopt -o nospace 2>/dev/null
		COMPREPLY+=("$(printf %q "${word#"$cut"}")")
	done < <("${words[0]}" completion words -- "${words[@]:1}" 2>/dev/null)
}

complete -F _portalsim portalsim
