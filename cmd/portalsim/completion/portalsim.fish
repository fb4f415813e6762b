# Completion of portalsim for fish, made by: portalsim completion fish

function __portalsim_words
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    $words[1] completion words -- $words[2..-1] "$current" 2>/dev/null
end

complete -c portalsim -f -a '(__portalsim_words)'
