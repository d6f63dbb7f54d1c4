namespace DatasetTool.CommandLine;

/// <summary>
/// The scripts of the shells: each asks the program itself (<see cref="CompletedWords"/>), and offers files where it has none.
/// </summary>
internal static class ShellScripts
{
    /// <summary>The scripts by the shells' names.</summary>
    internal static IReadOnlyDictionary<string, ShellScript> All { get; } = new Dictionary<string, ShellScript>
    {
        ["bash"] = new(
            "source <(TOOL completion bash)",
            """
            FUNCTION() {
                local IFS=$'\n'
                COMPREPLY=($("$1" '[complete]' "$COMP_CWORD" "${COMP_WORDS[@]:1}" 2>/dev/null))
            }
            complete -o default -F FUNCTION TOOL

            """),
        ["zsh"] = new(
            "source <(TOOL completion zsh)",
            """
            (( $+functions[compdef] )) || { autoload -Uz compinit; compinit; }
            FUNCTION() {
                local -a found
                found=(${(f)"$(${words[1]} '[complete]' $((CURRENT - 1)) "${(@)words[2,-1]}" 2>/dev/null)"})
                if (( $#found )); then compadd -- $found; else _files; fi
            }
            compdef FUNCTION TOOL

            """),
        ["fish"] = new(
            "TOOL completion fish | source",
            """
            function FUNCTION
                set -l words (commandline -opc)
                $words[1] '[complete]' (count $words) $words[2..] (commandline -ct) 2>/dev/null
            end
            complete -c TOOL -a '(FUNCTION)'

            """),
        ["powershell"] = new(
            "TOOL completion powershell | Out-String | Invoke-Expression",
            """
            Register-ArgumentCompleter -Native -CommandName TOOL -ScriptBlock {
                param($word, $line, $cursor)
                $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
                $position = if ($word -eq '') { $words.Count + 1 } else { $words.Count }
                & $line.CommandElements[0].Value '[complete]' $position @words | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """),
    };
}
