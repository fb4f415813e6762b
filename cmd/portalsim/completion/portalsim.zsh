#compdef portalsim
# Completion of portalsim for zsh, made by: portalsim completion zsh

_portalsim() {
	local -a whole going
	local line word
	for line in ${(f)"$(${words[1]} completion words -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
		word=${line%%$'\t'*}
		if [[ $word == *[/=.+:] ]]; then
			going+=("$word")
		else
			whole+=("$word")
		fi
	done
	compadd -- $whole
	compadd -S '' -- $going
}

if [[ $funcstack[1] == _portalsim ]]; then
	_portalsim "$@"
else
	compdef _portalsim portalsim
fi
