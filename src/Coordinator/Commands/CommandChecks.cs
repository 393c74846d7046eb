using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nudge.Commands;

/// <summary>Checks between the options of a command.</summary>
internal static class CommandChecks
{
    /// <summary>
    /// Adds a check that reads values. It runs only where each option that is named has its value: one without is an error by itself, and
    /// nothing can be read of it.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="check">Adds what is wrong to the result.</param>
    internal static void AddCheck(this Command command, Action<CommandResult> check) => command.Validators.Add(result =>
    {
        if (result.Children.OfType<OptionResult>().All(one => one.Implicit || one.Tokens.Count >= one.Option.Arity.MinimumNumberOfValues))
            check(result);
    });
}
