using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nudge.Commands;

/// <summary>What no option of any command takes as its value.</summary>
internal static class OptionValues
{
    private const string Dashes = "--";

    /// <summary>
    /// Refuses empty values, and values that look like options: <c>--out --json</c> has forgotten the folder. A name that
    /// truly begins so is written as <c>./--name</c>.
    /// </summary>
    /// <param name="parsed">What was written.</param>
    /// <returns>What is wrong; nothing if nothing is.</returns>
    internal static IEnumerable<string> Errors(ParseResult parsed)
    {
        foreach (OptionResult given in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            foreach (string value in given.Tokens.Select(token => token.Value))
            {
                if (string.IsNullOrWhiteSpace(value))
                    yield return $"{given.Option.Name}: found nothing; expected a value";
                else if (value.StartsWith(Dashes, StringComparison.Ordinal))
                    yield return $"{given.Option.Name}: found {value}, which looks like an option; expected a value";
            }
        }
    }
}
