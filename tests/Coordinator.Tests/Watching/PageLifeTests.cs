using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>A page that sleeps, stays open for long, or dies.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageLifeTests(Chromium chromium)
{
    private static readonly string[] Small = ["digits", "--set", "data.train=500", "--set", "data.test=100", "--set", "run.evaluateEvery=1000"];

    // Copies of the newest frame that say that the run has gone on, several for each that is drawn, and each drawing at once and
    // not after a sixtieth of a second: minutes of watching within seconds.
    private const string ManyFrames =
        """
        window.framesGiven = 0;
        window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 0);
        const add = EventSource.prototype.addEventListener;
        EventSource.prototype.addEventListener = function (name, handle) {
          if (name !== 'frame') return add.call(this, name, handle);
          let newest = null;
          add.call(this, name, event => { newest = event.data; });
          const more = () => {
            if (newest) {
              const frame = JSON.parse(newest);
              for (let i = 0; i < 8; i++) {
                const number = ++window.framesGiven;
                handle({ data: JSON.stringify({ ...frame, number, tau: 30 * number, presentations: 4 * number, symmetry: Math.random() }) });
              }
            }
            setTimeout(more, 0);
          };
          more();
        };
        """;

    [SkippableFact]
    public async Task A_page_that_was_frozen_shows_the_newest_state_when_it_wakes()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(
            folder.Path, [.. Small, "--set", "run.presentations=1000000", "--speed", "5000"]);
        await using OpenPage page = await chromium.OpenAsync(run);
        await page.UntilPresentationsAsync(5);
        ICDPSession session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await session.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        long before = Presentations(await run.FrameAsync());
        long asleep = Presentations(await run.FrameAsync(frame => Presentations(frame) > before + 300));
        await session.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });

        await page.UntilPresentationsAsync(asleep);
        await page.UntilAsync("connection", "data-status", "live");
        await page["pause"].ClickAsync();
        await page.UntilStateAsync("paused");
        page.AssertClean(run.Site);
    }

    [SkippableFact]
    public async Task Thousands_of_frames_leave_no_memory_behind()
    {
        // Enough for what is kept of the last seconds, and for compiled code, to have reached its size.
        const int Warm = 2000;
        const int Frames = 10000;
        const double MostGrowth = 2e6;
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(
            folder.Path, [.. Small, "--set", "run.presentations=1000000", "--speed", "5000"]);
        await using OpenPage page = await chromium.OpenAsync(run.Address, ManyFrames);
        ICDPSession session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await session.SendAsync("Performance.enable");
        await page.UntilAsync("least => framesGiven >= least", Warm);
        (double heap, double nodes, double listeners) = await MemoryAsync(session);
        await page.UntilAsync("least => framesGiven >= least", Warm + Frames);
        (double heapAfter, double nodesAfter, double listenersAfter) = await MemoryAsync(session);
        // What is kept of the last seconds is more where the machine has just become faster. What is never given back grows again.
        if (heapAfter - heap > MostGrowth)
        {
            heap = heapAfter;
            await page.UntilAsync("least => framesGiven >= least", Warm + (2 * Frames));
            (heapAfter, nodesAfter, listenersAfter) = await MemoryAsync(session);
        }

        Assert.True(await page.PresentationsAsync() > 4 * Frames);
        Assert.InRange(heapAfter - heap, double.NegativeInfinity, MostGrowth);
        Assert.InRange(nodesAfter - nodes, double.NegativeInfinity, 200);
        Assert.InRange(listenersAfter - listeners, double.NegativeInfinity, 50);
        page.AssertClean(run.Site);
    }

    [SkippableFact]
    public async Task A_browser_that_is_killed_does_not_disturb_the_run()
    {
        using var folder = new TemporaryFolder();
        await using IBrowser browser = await chromium.LaunchAsync();
        using WatchedProcess run = await WatchedProcess.StartAsync(
            folder.Path, [.. Small, "--set", "run.presentations=1500", "--speed", "100", "--json"]);
        await using OpenPage page = await OpenPage.OpenAsync(browser, run.Address);
        await page.UntilPresentationsAsync(5);
        Assert.NotEqual("finished", await page.TextOfAsync("state"));
        await KillAsync(browser);
        await run.CommandAsync("/api/speed", """{"tauPerSecond": null}""");

        Ended ended = await run.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(1500, ended.Json.GetProperty("presentations").GetInt64());
    }

    [SkippableFact]
    public async Task A_browser_that_is_killed_does_not_disturb_the_sweep_that_it_shows()
    {
        using var folder = new TemporaryFolder();
        await using IBrowser browser = await chromium.LaunchAsync();
        await using OpenPage page = await OpenPage.OpenWindowAsync(browser);
        using WatchedProcess sweep = await WatchedProcess.StartSweepAsync(
            folder.Path, "xor", "--vary", "links.activity.loss.rate=0,0.1,0.2,0.3", "--seeds", "2", "--set", "run.presentations=3000",
            "--workers", "1", "--out", "swept");
        await page.GoAsync(sweep.Address);
        await page.UntilStateAsync("running");
        Assert.NotEqual("4 / 4", await page.TextOfAsync("points-done"));
        await KillAsync(browser);

        Ended ended = await sweep.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(1 + 8, File.ReadLines(folder.File("swept/sweep.csv")).Count());
    }

    private static async Task KillAsync(IBrowser browser)
    {
        ICDPSession session = await browser.NewBrowserCDPSessionAsync();
        JsonElement? processes = await session.SendAsync("SystemInfo.getProcessInfo");
        int main = processes!.Value.GetProperty("processInfo").EnumerateArray()
            .Single(one => one.GetProperty("type").GetString() == "browser").GetProperty("id").GetInt32();
        var gone = new TaskCompletionSource();
        browser.Disconnected += (_, _) => gone.TrySetResult();
        using (Process killed = Process.GetProcessById(main))
            killed.Kill(entireProcessTree: true);
        await gone.Task.WaitAsync(WatchedProcess.Limit);
    }

    private static long Presentations(JsonElement frame) => frame.GetProperty("presentations").GetInt64();

    private static async Task<(double Heap, double Nodes, double Listeners)> MemoryAsync(ICDPSession session)
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        JsonElement? answer = await session.SendAsync("Performance.getMetrics");
        var metrics = answer!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetDouble());
        return (metrics["JSHeapUsedSize"], metrics["Nodes"], metrics["JSEventListeners"]);
    }
}
