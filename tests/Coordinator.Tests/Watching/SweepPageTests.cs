using System.Net;
using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Coordinator.Tests.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>The page of a sweep in a browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class SweepPageTests(Chromium chromium)
{
    [SkippableFact]
    public async Task The_map_of_a_sweep_fills_while_its_runs_are_made_and_shows_its_end()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        await using OpenPage page = await chromium.OpenWindowAsync();
        using WatchedProcess sweep = await WatchedProcess.StartSweepAsync(
            folder.Path, "xor", "--vary", "links.activity.loss.rate=0,0.3", "--vary", "links.activity.delay.mean=0.2,1",
            "--seeds", "2", "--set", "run.presentations=3000", "--workers", "1", "--out", "swept");
        await page.GoAsync(sweep.Address);
        await page.UntilStateAsync("running");
        // A point is running, and one has a value while another one is still to be made. Which ones depends on how long the browser took to start.
        await page.UntilAsync("() => document.querySelector('#map .cell[data-state=running]') !== null");
        await page.UntilAsync("() => document.querySelector('#map .cell[data-state=part], #map .cell[data-state=done]') !== null");
        Assert.NotEqual("4 / 4", await page.TextOfAsync("points-done"));

        using var again = NudgeProcess.Start(folder.Path, "watch", "swept");
        Assert.Equal(sweep.Address.ToString(), (await again.EndAsync()).Output.Trim());

        await page.UntilStateAsync("finished");
        Assert.Equal("4 / 4", await page.TextOfAsync("points-done"));
        Assert.Equal("0", await page.TextOfAsync("points-failed"));
        await page.UntilAsync("() => [...document.querySelectorAll('#map .cell')].every(cell => cell.dataset.state === 'done' && cell.textContent !== '')");
        await page["cell-3"].ClickAsync();
        await page.UntilAsync("() => document.getElementById('detail').textContent.includes('seed 2')");
        Assert.Equal("true", await page["row-3"].GetAttributeAsync("aria-selected"));

        // Over one of the settings alone there is a line.
        await page["axis-up"].SelectOptionAsync("");
        await page["line"].Locator("canvas").WaitForAsync();
        page.AssertClean(sweep.Site);
        await page.DisposeAsync();
        Ended ended = await sweep.EndAsync();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.False(File.Exists(Path.Combine(folder.Path, "swept", "watch.json")));
    }

    [SkippableFact]
    public async Task A_finished_sweep_is_shown_from_its_files_with_signs_for_what_failed()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        await TinySweep.RunAsync(folder.File("out"), TinySweep.Diverging(1), 2);
        using WatchedProcess served = await WatchedProcess.StartRecordedAsync(folder.Path, "out");
        await using OpenPage page = await chromium.OpenAsync(served);
        await page.UntilStateAsync("finished");

        string[] cells = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#map .cell')].map(cell => `${cell.dataset.failed} ${cell.textContent}`)");
        Assert.Equal(4, cells.Length);
        Assert.Contains("1 ✕1", cells);
        Assert.Contains(cells, cell => cell.StartsWith("0 ", StringComparison.Ordinal));
        await page.Page.Locator("#map .cell[data-failed='1']").First.ClickAsync();
        await page.UntilAsync("() => document.querySelector('#detail .error') !== null");
        page.AssertClean(served.Site);
        using HttpResponseMessage command = await served.PostAsync("/api/pause");
        Assert.Equal(HttpStatusCode.NotFound, command.StatusCode);
        using HttpResponseMessage without = await served.Client.GetAsync(new Uri($"{served.Site}/api/frames"));
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        JsonElement about = JsonDocument.Parse(await served.Client.GetStringAsync(served.At("/api/description"))).RootElement;
        Assert.Equal(SweepDefinition.Parse(File.ReadAllText(Path.Combine(folder.File("out"), SweepFiles.Definition))).Command, about.GetProperty("command").GetString());
    }
}
