using System.CommandLine;

namespace Nudge.Commands;

/// <summary><c>nudge completion SHELL</c>: a script that has a shell complete commands, options and names of experiments.</summary>
internal static class CompletionCommand
{
    // Each asks the program itself, by the directive of System.CommandLine: [suggest:POSITION] "LINE".
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _nudge() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _nudge nudge
            """,
        ["zsh"] = """
            _nudge() {
              local -a found
              found=("${(@f)$(nudge "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -- $found || _files
            }
            compdef _nudge nudge
            """,
        ["fish"] = """
            complete -c nudge -a '(set -l line (commandline -cp); nudge "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
            """,
        ["powershell"] = """
            Register-ArgumentCompleter -Native -CommandName nudge -ScriptBlock {
              param($word, $line, $position)
              nudge "[suggest:$position]" "$line" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    internal static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Scripts.Keys) + "." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command(
            "completion",
            "Print a script that has a shell complete commands, options and names of experiments.\n\n"
            + "  source <(nudge completion bash)          for this session; in ~/.bashrc for all\n"
            + "  nudge completion fish > ~/.config/fish/completions/nudge.fish")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.Out.WriteLine(Scripts[parsed.GetValue(shell)!]);
            return ExitCode.Done;
        });
        return command;
    }
}
