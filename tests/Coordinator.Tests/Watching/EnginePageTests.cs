using System.Text.Json;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>The page of a run on each of the engines, in a browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class EnginePageTests(Chromium chromium)
{
    private const string Link = "hidden-label.forward";

    private static readonly string[] Small =
    [
        "digits", "--set", "data.train=500", "--set", "data.test=20", "--set", "run.presentations=1000000", "--set",
        "run.evaluateEvery=1000000", "--set", "granularity={slice: 64}", "--speed", "2000",
    ];

    [SkippableTheory]
    [InlineData("actors", 0)]
    [InlineData("cluster", 2)]
    [InlineData("virtual", 2)]
    public async Task A_link_that_is_cut_for_a_while_heals_by_itself_and_every_slice_has_its_phases(string engine, int nodes)
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        string[] where = nodes == 0 ? ["--engine", engine] : ["--engine", engine, "--local-nodes", $"{nodes}"];
        using WatchedProcess run = await WatchedProcess.StartAsync(folder.Path, [.. Small, .. where]);
        await using OpenPage page = await chromium.OpenAsync(run);
        await page.UntilPresentationsAsync(5);
        JsonElement frame = await run.FrameAsync(one => one.GetProperty("slices").GetArrayLength() > 0
            && SlicesWithPhases(one).Length == one.GetProperty("slices").GetArrayLength());
        Assert.Equal(4, frame.GetProperty("slices").GetArrayLength());
        if (nodes > 0)
            Assert.Equal(nodes, frame.GetProperty("slices").EnumerateArray().Select(slice => slice.GetProperty("node").GetInt32()).Distinct().Count());

        await page[$"link-{Link}"].ClickAsync();
        await page["holds"].FillAsync("300");
        await page["cut"].ClickAsync();
        await page["intervention-2"].WaitForAsync();
        Assert.Contains("until", await page.TextOfAsync("intervention-1"), StringComparison.Ordinal);
        Assert.Contains("intervention 1 over", await page.TextOfAsync("intervention-2"), StringComparison.Ordinal);
        await page.UntilAsync("() => document.querySelector('[data-testid=intervention-1]').classList.contains('undone')");
        JsonElement[] made = [.. (await run.FrameAsync()).GetProperty("interventions").EnumerateArray()];
        Assert.InRange(made[1].GetProperty("tau").GetDouble() - made[0].GetProperty("tau").GetDouble(), 300, 500);
        frame = await run.FrameAsync();
        JsonElement link = frame.GetProperty("links").EnumerateArray().Single(one => one.GetProperty("name").GetString() == Link);
        Assert.False(link.GetProperty("cut").GetBoolean());
        Assert.True(link.GetProperty("cutOff").GetInt64() > 0, link.ToString());

        await page["pause"].ClickAsync();
        await page.UntilStateAsync("paused");
        page.AssertClean(run.Site);
    }

    private static JsonElement[] SlicesWithPhases(JsonElement frame) =>
    [
        .. frame.GetProperty("raster").GetProperty("slices").EnumerateArray().Where(slice => slice.GetProperty("spans").GetArrayLength() > 1),
    ];
}
