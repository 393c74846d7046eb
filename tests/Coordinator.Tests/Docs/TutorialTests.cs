using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Docs;

/// <summary>
/// What a tutorial tells its reader to type works, in that order, and prints what the page shows. The one on rules needs packages:
/// <see cref="Plugins.InstalledToolTests"/> runs it.
/// </summary>
public sealed class TutorialTests
{
    [Theory]
    [InlineData("first-ten-minutes")]
    [InlineData("how-much-loss")]
    [InlineData("three-machines")]
    public async Task The_commands_of_a_tutorial_print_what_it_shows(string name)
    {
        using var folder = new TemporaryFolder();
        var tutorial = new Tutorial(name);

        Ended ended = await tutorial.RunAsync(folder);

        Assert.True(ended.Code == 0, $"{ended.Output}\n{ended.Error}");
        Problems.AssertNone(tutorial.Differences($"{ended.Output}\n{ended.Error}"));
    }

    [Fact]
    public void Every_tutorial_is_run_by_a_test() => Assert.Equal(
        ["first-ten-minutes", "how-much-loss", "three-machines", "your-own-rule"],
        Page.Names.Where(page => page.StartsWith("docs/tutorials/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [InlineData("  accuracy     85.4 % on the held-out set", "shows what was not printed:   0.5                        3          88.4 %")]
    [InlineData("  0.5  3  60.1 %   50.0 to 70.0 %", "shows what was not printed:   0.5                        3          88.4 %")]
    public void A_line_that_was_not_printed_or_with_other_percentages_is_found(string printed, string problem) =>
        Assert.Contains(new Tutorial("how-much-loss").Differences(printed), found => found.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void Times_hashes_and_small_differences_are_no_problem() => Assert.DoesNotContain(
        new Tutorial("how-much-loss").Differences("  0.5    3    85.1 %    80.0 to 90.1 %  "),
        found => found.Contains("88.4 %", StringComparison.Ordinal));
}
