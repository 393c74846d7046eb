using Microsoft.Playwright;
using Nudge.Coordinator.Tests.Reports.Runs;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>The report of a run in a browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class RunReportPageTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_report_that_is_opened_as_a_file_draws_its_figures_and_asks_for_nothing()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        var file = new Uri(ReportedRun.Report(await ReportedRun.MakeAsync(folder)));
        await using OpenPage page = await chromium.OpenAsync(file);
        foreach (string figure in new[] { "curve", "ledger", "staleness", "norms", "units", "symmetry", "alignment" })
            await page[figure].Locator("svg path").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Contains("1 all: loss 0.5 (independent) (undone)", await page["curve"].TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("held-out", await page["curve"].GetAttributeAsync("aria-label"), StringComparison.Ordinal);

        string light = await InkAsync(page);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.UntilAsync("light => document.querySelector('#curve svg text').getAttribute('fill') !== light", light);
        // On paper it is light again.
        await page.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(light, await InkAsync(page));

        Assert.Empty(page.Complaints);
        Assert.Equal([file.AbsoluteUri], page.Requests.Where(one => !one.StartsWith("data:", StringComparison.Ordinal)));
    }

    private static async Task<string> InkAsync(OpenPage page) =>
        (await page["curve"].Locator("svg text").First.GetAttributeAsync("fill"))!;
}
