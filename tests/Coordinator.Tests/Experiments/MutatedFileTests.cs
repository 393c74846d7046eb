using CsCheck;
using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class MutatedFileTests
{
    private static readonly string[] Scraps =
    [
        "", " ", "\n", "\t", ":", "- ", "? ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "!", "|", ">", "%", "@", "`",
        "'", "\"", "#", "---\n", "...\n", "<<: ", ",", "~", "null", "1e999", "-1", ".nan", "\0", "\uFEFF", "\u2028",
        "é", "🙂", "links:\n", "  rate: 0.5\n", "{law: linear}", "hidden", "0x10", "\r\n", "\\",
    ];

    private static readonly string[] Parts = [.. Scraps, "phases", ".", "=", "links.overrides.", "seed"];

    private static readonly Gen<string> Scrap = Gen.Int[0, Scraps.Length - 1].Select(i => Scraps[i]);

    private static readonly Gen<string> Part = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]);

    private static readonly Gen<(int At, int Cut, string Scrap)> Mutation = Gen.Select(
        Gen.Int[0, SmallExperiment.Text.Length], Gen.Int[0, 20], Scrap);

    [Fact]
    public void A_mutated_file_loads_or_is_refused_with_places_and_never_fails_otherwise() =>
        Mutation.Array[1, 6].Sample(m => LoadsOrIsRefused(m.Aggregate(SmallExperiment.Text, Mutate)), iter: 3000);

    [Fact]
    public void Neither_does_a_file_of_scraps() =>
        Scrap.Array[0, 60].Sample(s => LoadsOrIsRefused(string.Concat(s)), iter: 3000);

    [Fact]
    public void Nor_an_override_of_scraps() =>
        Part.Array[0, 8].Sample(p => LoadsOrIsRefused(SmallExperiment.Text, string.Concat(p)), iter: 2000);

    private static void LoadsOrIsRefused(string text, params string[] overrides)
    {
        try
        {
            SmallExperiment.Load(text, overrides);
        }
        catch (ExperimentException e)
        {
            Assert.NotEmpty(e.Problems);
            Assert.All(e.Problems, p => Assert.Matches(@"^(small\.yaml:[1-9]\d*:[1-9]\d*|--set (.|\n)*)$", p.Place));
        }
    }

    private static string Mutate(string text, (int At, int Cut, string Scrap) mutation)
    {
        int at = Math.Min(mutation.At, text.Length);
        return text[..at] + mutation.Scrap + text[Math.Min(text.Length, at + mutation.Cut)..];
    }
}
