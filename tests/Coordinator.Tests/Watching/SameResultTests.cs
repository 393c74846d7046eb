using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>To watch a run changes nothing, and what was done to it on the page can be done again.</summary>
[Collection(BrowserTests.Name)]
public sealed class SameResultTests(Chromium chromium, SameResultTests.Unwatched unwatched) : IClassFixture<SameResultTests.Unwatched>
{
    private static readonly string[] Run =
    [
        "digits", "--seed", "5", "--set", "data.train=500", "--set", "data.test=100", "--set", "run.presentations=800", "--set",
        "run.evaluateEvery=400",
    ];

    [SkippableFact]
    public async Task A_run_with_a_page_that_pauses_and_steps_ends_at_the_same_bits()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        Ended ended = await WatchAsync(folder, async page =>
        {
            await page["pause"].ClickAsync();
            await page.UntilStateAsync("paused");
            await page["step"].ClickAsync();
            await page["resume"].ClickAsync();
        });

        Assert.Equal(EventHash(unwatched.Ended), EventHash(ended));
        Assert.Equal(File.ReadAllBytes(unwatched.File("weights.npz")), File.ReadAllBytes(folder.File("watched/weights.npz")));
    }

    [SkippableFact]
    public async Task A_run_in_which_a_link_was_cut_by_a_click_is_replayed_to_the_same_bits()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        Ended ended = await WatchAsync(folder, async page =>
        {
            await page["link-hidden-label.forward"].ClickAsync();
            await page["cut"].ClickAsync();
            await page["undo-1"].ClickAsync();
            await page["intervention-2"].WaitForAsync();
        });
        Ended again = await NudgeProcess.RunAsync(folder.Path, "run", "--replay", "watched", "--quiet", "--json", "--out", "again");

        Assert.True(again.Code == 0, again.Error);
        Assert.NotEqual(EventHash(unwatched.Ended), EventHash(ended));
        Assert.NotEqual(WeightsHash(unwatched.Ended), WeightsHash(ended));
        Assert.Equal(EventHash(ended), EventHash(again));
        Assert.Equal(WeightsHash(ended), WeightsHash(again));
        Assert.Equal(File.ReadAllBytes(folder.File("watched/weights.npz")), File.ReadAllBytes(folder.File("again/weights.npz")));
    }

    // So slow until it is steered that it does not end before a browser on a loaded machine has shown it.
    private async Task<Ended> WatchAsync(TemporaryFolder folder, Func<OpenPage, Task> steer)
    {
        using WatchedProcess run = await WatchedProcess.StartAsync(
            folder.Path, [.. Run, "--speed", "100", "--json", "--out", "watched"]);
        await using (OpenPage page = await chromium.OpenAsync(run))
        {
            await page.UntilPresentationsAsync(5);
            await steer(page);
            await page["full-speed"].ClickAsync();
            await page.UntilStateAsync("finished");
            page.AssertClean(run.Site);
        }

        Ended ended = await run.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        return ended;
    }

    private static string EventHash(Ended ended) => ended.Json.GetProperty("eventHash").GetString()!;

    private static string WeightsHash(Ended ended) => ended.Json.GetProperty("weightsHash").GetString()!;

    public sealed class Unwatched() : WholeRun(["run", .. Run, "--quiet"]);
}
