using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Nudge.Coordinator.Tests.Hosting;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>What a browser lets other sites try, and what a user without the address sees.</summary>
[Collection(BrowserTests.Name)]
public sealed class OtherSiteTests(Chromium chromium)
{
    private const string Try =
        """
        async address => {
          const attempts = {
            plain: { method: 'POST', mode: 'no-cors', body: '{}' },
            json: { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
            read: {},
          };
          const told = {};
          for (const [name, options] of Object.entries(attempts)) {
            try {
              const answer = await fetch(address, options);
              told[name] = `${answer.type} ${answer.status}`;
            } catch {
              told[name] = 'refused';
            }
          }
          return told;
        }
        """;

    [SkippableFact]
    public async Task A_page_of_another_site_that_knows_the_token_can_neither_command_nor_read()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(folder.Path, "xor", "--set", "run.presentations=1000000", "--speed", "1000");
        await using OpenPage own = await chromium.OpenAsync(run);
        await own.UntilPresentationsAsync(5);
        using var site = new OtherSite();
        await using OpenPage other = await chromium.OpenAsync(site.Address);
        var codes = new List<(string Method, int Code)>();
        other.Page.Response += (_, answer) =>
        {
            if (answer.Url.StartsWith(run.Site, StringComparison.Ordinal))
                codes.Add((answer.Request.Method, answer.Status));
        };

        JsonElement told = await other.Page.EvaluateAsync<JsonElement>(Try, run.At("/api/pause").ToString());
        await other.Page.EvaluateAsync(
            "async address => { const frame = document.createElement('iframe'); frame.src = address; document.body.append(frame);"
            + " await new Promise(done => { frame.onload = done; }); }",
            run.Address.ToString());

        Assert.Equal("opaque 0", told.GetProperty("plain").GetString());
        Assert.Equal("refused", told.GetProperty("json").GetString());
        Assert.Equal("refused", told.GetProperty("read").GetString());
        Assert.Contains(("POST", 403), codes);
        Assert.DoesNotContain(codes, one => one.Method == "POST" && one.Code != 403);
        Assert.Contains(other.Complaints, one => one.Contains("frame-ancestors", StringComparison.Ordinal));
        long before = await own.PresentationsAsync();
        await own.UntilPresentationsAsync(before + 10);
        Assert.Equal("running", await own.TextOfAsync("state"));

        // The same command from the page's own site does act.
        await run.CommandAsync("/api/pause");
        await own.UntilStateAsync("paused");
        own.AssertClean(run.Site);
    }

    [SkippableFact]
    public async Task A_page_without_the_right_token_says_where_the_address_is()
    {
        Chromium.SkipWithoutBrowser();
        using var folder = new TemporaryFolder();
        using WatchedProcess run = await WatchedProcess.StartAsync(folder.Path, "xor");
        await using OpenPage page = await chromium.OpenAsync(new Uri($"{run.Site}/?token={new string('0', 32)}"));
        IResponse? answer = await page.Page.ReloadAsync();
        Assert.Equal(403, answer!.Status);
        Assert.Contains(
            "the token of the address is missing or wrong; the program has printed the address",
            await page.Page.InnerTextAsync("body"),
            StringComparison.Ordinal);
    }

    /// <summary>A site on this machine: one in the network would be held back by the browser itself.</summary>
    private sealed class OtherSite : IDisposable
    {
        private readonly HttpListener _listener = new();

        internal OtherSite()
        {
            Address = new($"http://localhost:{Ports.Free()}/");
            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = ServeAsync();
        }

        internal Uri Address { get; }

        public void Dispose() => ((IDisposable)_listener).Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    context.Response.ContentType = "text/html";
                    context.Response.Close(Encoding.ASCII.GetBytes("<!doctype html><link rel=icon href=data:,><p>elsewhere"), willBlock: false);
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
