using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>A page in a browser, with all that it has asked of the network and all that it has complained about.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
        page.SetDefaultTimeout((float)WatchedProcess.Limit.TotalMilliseconds);
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyCollection<string> Requests => _requests;

    internal static async Task<OpenPage> OpenAsync(IBrowser browser, Uri address, string? before = null)
    {
        OpenPage page = await OpenWindowAsync(browser);
        if (before is not null)
            await page.Page.AddInitScriptAsync(before);
        await page.GoAsync(address);
        return page;
    }

    /// <summary>A window without a page, to be there before a run that does not wait for it.</summary>
    internal static async Task<OpenPage> OpenWindowAsync(IBrowser browser)
    {
        IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        return new OpenPage(context, await context.NewPageAsync());
    }

    public Task GoAsync(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Page.GotoAsync(address.ToString());
    }

    public ILocator this[string id] => Page.GetByTestId(id);

    public Task<string> TextOfAsync(string id) => this[id].InnerTextAsync();

    /// <summary>Waits until an element has a value of an attribute.</summary>
    public Task UntilAsync(string id, string attribute, string value) =>
        this[id].And(Page.Locator($"[{attribute}=\"{value}\"]")).WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public Task UntilStateAsync(string state) => UntilAsync("state", "data-state", state);

    /// <summary>Waits until something holds in the page. Playwright's own way to wait needs a page that allows eval.</summary>
    public async Task UntilAsync(string expression, object? argument = null)
    {
        using var limit = new CancellationTokenSource(WatchedProcess.Limit);
        while (!await Page.EvaluateAsync<bool>(expression, argument))
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{expression} {argument}: never\n{await Page.InnerTextAsync("body")}");
            await Task.Delay(PollInterval);
        }
    }

    /// <summary>Presentations that it shows.</summary>
    public async Task<long> PresentationsAsync() => NumberOf((await TextOfAsync("presentations")).Split('/')[0]);

    public async Task<long> PhaseAsync() => NumberOf(await TextOfAsync("stimulus-phase"));

    public Task UntilPresentationsAsync(long least) => UntilAsync(
        "least => Number(document.getElementById('presentations').textContent.split('/')[0].replace(/[^0-9]/g, '')) >= least", least);

    /// <summary>The console has no error or warning, and all requests went to the program.</summary>
    public void AssertClean(string site)
    {
        Assert.Empty(Complaints);
        Assert.NotEmpty(Requests);
        Assert.All(Requests, url => Assert.True(
            url.StartsWith(site + "/", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal)
            || url.StartsWith($"blob:{site}/", StringComparison.Ordinal),
            url));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static long NumberOf(string text) =>
        long.Parse(string.Concat(text.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
}
