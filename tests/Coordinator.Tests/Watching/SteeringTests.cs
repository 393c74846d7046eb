using System.Text.Json;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>What a user sees and does on the page of a run, in a browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class SteeringTests(Chromium chromium)
{
    private const string Link = "hidden-label.forward";

    // It never ends by itself, and leaves a core to the browser.
    private static readonly string[] Long =
    [
        "digits", "--set", "data.train=500", "--set", "data.test=100", "--set", "run.presentations=1000000", "--set",
        "run.evaluateEvery=1000000", "--speed", "3000",
    ];

    [SkippableFact]
    public async Task The_curve_rises_until_the_run_ends_and_the_program_ends_when_the_page_closes()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(
            folder.Path, "digits", "--set", "data.train=2000", "--set", "data.test=200", "--set", "run.presentations=1500", "--set",
            "run.evaluateEvery=250", "--speed", "20000", "--json");
        JsonElement curve;
        await using (OpenPage page = await chromium.OpenAsync(run))
        {
            await page.UntilAsync("() => (echarts.getInstanceByDom(document.getElementById('curve'))?.getOption()?.series?.[1]?.data?.length ?? 0) > 0");
            await page.UntilStateAsync("finished");
            await page.UntilAsync("least => echarts.getInstanceByDom(document.getElementById('curve')).getOption().series[1].data.at(-1)[0] >= least", 1500);
            curve = await page.Page.EvaluateAsync<JsonElement>(
                "() => echarts.getInstanceByDom(document.getElementById('curve')).getOption().series[1].data");
            Assert.Equal(1500, await page.PresentationsAsync());
            Assert.Equal("finished", await page.TextOfAsync("state"));
            Assert.True(await page["pause"].IsDisabledAsync());
            page.AssertClean(run.Site);
        }

        (double At, double Percent)[] points = [.. curve.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble()))];
        Ended ended = await run.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.True(points.Length > 5, curve.ToString());
        Assert.True(points[^1].Percent > points[0].Percent + 10, curve.ToString());
        Assert.Equal(100 * ended.Json.GetProperty("accuracy").GetDouble(), points[^1].Percent, 1e-6);
    }

    [SkippableFact]
    public async Task A_link_that_is_clicked_and_cut_carries_nothing_until_that_is_undone()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(folder.Path, Long);
        await using OpenPage page = await chromium.OpenAsync(run);
        await page.UntilPresentationsAsync(5);
        Assert.Equal(0, CutOff(await run.FrameAsync()));

        await ClickCurveAsync(page, run);
        await page.UntilAsync($"link-{Link}", "aria-pressed", "true");
        await page["cut"].ClickAsync();

        await page.UntilAsync("id => document.getElementById(id).classList.contains('cut')", $"link-{Link}");
        Assert.Contains("cut", await page.TextOfAsync($"link-{Link}"), StringComparison.Ordinal);
        await page.UntilAsync(CutOffBar, Link);
        await page.UntilAsync("() => !/ 0\\.0.%? cut off/.test(document.getElementById('ledger-sum').textContent)");
        Assert.True(CutOff(await run.FrameAsync()) > 0);
        Assert.True((await run.FrameAsync(LinkIsCut)).GetProperty("interventions").GetArrayLength() == 1);

        await page["undo-1"].ClickAsync();
        await page.UntilAsync("id => !document.getElementById(id).classList.contains('cut')", $"link-{Link}");
        await page.UntilAsync("() => document.querySelector('[data-testid=intervention-1]').classList.contains('undone')");
        JsonElement whole = await run.FrameAsync(frame => !LinkIsCut(frame));
        JsonElement later = await run.FrameAsync(frame => Presentations(frame) > Presentations(whole) + 10);
        Assert.Equal(CutOff(whole), CutOff(later));
        page.AssertClean(run.Site);
    }

    [SkippableFact]
    public async Task A_paused_run_stands_still_makes_one_phase_a_step_and_goes_on()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(folder.Path, Long);
        await using OpenPage page = await chromium.OpenAsync(run);
        await page.UntilPresentationsAsync(5);
        await page["pause"].ClickAsync();
        await page.UntilStateAsync("paused");

        JsonElement paused = await run.StandingFrameAsync();
        long phase = ShownPhase(paused);
        await page.UntilAsync(ShowsPhase, phase);
        string shown = await NumbersAsync(page);
        JsonElement later = await run.StandingFrameAsync();
        Assert.Equal(Tau(paused), Tau(later));
        Assert.Equal(shown, await NumbersAsync(page));

        // A phase takes longer than from one step to the next at this speed, which must not swallow a step.
        await run.CommandAsync("/api/speed", """{"tauPerSecond": 5}""");
        foreach (long next in (long[])[phase + 1, phase + 2])
        {
            await page["step"].ClickAsync();
            await page.UntilAsync(ShowsPhase, next);
        }

        await page.UntilStateAsync("paused");
        later = await run.StandingFrameAsync();
        Assert.Equal(phase + 2, ShownPhase(later));
        Assert.Equal(phase + 2, await page.PhaseAsync());
        Assert.True(Tau(later) > Tau(paused));

        await page["full-speed"].ClickAsync();
        await page["resume"].ClickAsync();
        await page.UntilPresentationsAsync(Presentations(later) + 10);
        await page.UntilStateAsync("running");
        page.AssertClean(run.Site);
    }

    [SkippableFact]
    public async Task A_page_that_is_loaded_again_and_a_second_page_show_and_steer_the_same_run()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(folder.Path, Long);
        await using OpenPage second = await chromium.OpenAsync(run);
        await using (OpenPage first = await chromium.OpenAsync(run))
        {
            await first.UntilPresentationsAsync(5);
            await first["select-all"].ClickAsync();
            await first["cut"].ClickAsync();
            await second["intervention-1"].WaitForAsync();

            await first.Page.ReloadAsync();
            await first["intervention-1"].WaitForAsync();
            await first.UntilAsync("connection", "data-status", "live");
            await first["pause"].ClickAsync();
            await second.UntilStateAsync("paused");
            long phase = ShownPhase(await run.StandingFrameAsync());
            await first.UntilAsync(ShowsPhase, phase);
            await second.UntilAsync(ShowsPhase, phase);
            first.AssertClean(run.Site);
        }

        long before = await second.PresentationsAsync();
        await second["resume"].ClickAsync();
        await second.UntilPresentationsAsync(before + 10);
        second.AssertClean(run.Site);
    }

    private const string ShowsPhase =
        "phase => document.querySelector('[data-testid=stimulus-phase]').textContent.replace(/[^0-9]/g, '') === String(phase)";

    private const string CutOffBar =
        """
        link => {
          const { yAxis, series } = echarts.getInstanceByDom(document.getElementById('ledger'))?.getOption() ?? {};
          const row = yAxis?.[0].data.indexOf(link) ?? -1;
          const bar = series?.find(one => one.name.startsWith('cut off'));
          return row >= 0 && bar.data[row] > 0 && bar.data.every((share, other) => other === row || share === 0);
        }
        """;

    // In the middle of the drawn curve, as a user does, and not on its label.
    private static async Task ClickCurveAsync(OpenPage page, WatchedProcess run)
    {
        JsonElement network = JsonDocument.Parse(await run.Client.GetStringAsync(run.At("/api/description"))).RootElement;
        int index = network.GetProperty("projections").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ToList().IndexOf(Link);
        JsonElement place = await page.Page.Locator("#network path.hit").Nth(index).EvaluateAsync<JsonElement>(
            """
            path => {
              const middle = path.getPointAtLength(path.getTotalLength() * 0.5).matrixTransform(path.getScreenCTM());
              return { x: middle.x, y: middle.y };
            }
            """);
        await page.Page.Mouse.ClickAsync(place.GetProperty("x").GetSingle(), place.GetProperty("y").GetSingle());
    }

    private static async Task<string> NumbersAsync(OpenPage page) => string.Join(
        "; ", await page.TextOfAsync("presentations"), await page.TextOfAsync("tau"), await page.TextOfAsync("stimulus-phase"));

    private static long Presentations(JsonElement frame) => frame.GetProperty("presentations").GetInt64();

    // The one to which stimulus, label and answer belong.
    private static long ShownPhase(JsonElement frame) => frame.GetProperty("slices")[0].GetProperty("phase").GetInt64();

    private static double Tau(JsonElement frame) => frame.GetProperty("tau").GetDouble();

    private static JsonElement LinkOf(JsonElement frame) =>
        frame.GetProperty("links").EnumerateArray().Single(link => link.GetProperty("name").GetString() == Link);

    private static bool LinkIsCut(JsonElement frame) => LinkOf(frame).GetProperty("cut").GetBoolean();

    private static long CutOff(JsonElement frame) => LinkOf(frame).GetProperty("cutOff").GetInt64();
}
