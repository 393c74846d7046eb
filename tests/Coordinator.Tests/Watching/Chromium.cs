using Microsoft.Playwright;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>One browser for all tests that look at a page; they are skipped where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // What a browser asks the network of its own accord must not be taken for what the page asks.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Program => Programs.FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Program is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
        // The first window takes by far the longest, and no run should be over before it is there.
        await using IBrowserContext first = await _browser.NewContextAsync();
        await first.NewPageAsync();
    }

    /// <summary>Opens the page of a run in a window of its own. Skips the test where there is no browser.</summary>
    public Task<OpenPage> OpenAsync(WatchedProcess run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return OpenAsync(run.Address);
    }

    /// <summary>Opens a page after a script that runs before its own.</summary>
    public Task<OpenPage> OpenAsync(Uri address, string? before = null)
    {
        SkipWithoutBrowser();
        return OpenPage.OpenAsync(_browser!, address, before);
    }

    /// <summary>A window without a page.</summary>
    public Task<OpenPage> OpenWindowAsync()
    {
        SkipWithoutBrowser();
        return OpenPage.OpenWindowAsync(_browser!);
    }

    /// <summary>A browser of a test's own, which it may kill.</summary>
    public Task<IBrowser> LaunchAsync()
    {
        SkipWithoutBrowser();
        return _playwright!.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    public static void SkipWithoutBrowser() => Skip.If(Program is null, "there is no Chromium");
}

/// <summary>Tests that share one browser, one after another: several pages at once would be slow on two cores.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
