using System.CommandLine;
using Nudge.Experiments;

namespace Nudge.Commands;

/// <summary>The option <c>--until accuracy=0.9</c> of <c>nudge run</c> and <c>nudge sweep</c>.</summary>
internal static class UntilOption
{
    private const string Name = "--until";

    internal static Option<double?> Create(string more) => new(Name)
    {
        Description = "End training at the first evaluation that reaches a share of correct answers, as accuracy=0.9. " + more,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            double? least = UntilAccuracy.Parse(text);
            if (least is null)
                result.AddError($"{Name}: found {text}; expected accuracy=NUMBER, above 0 and at most 1");
            return least;
        },
    };
}
