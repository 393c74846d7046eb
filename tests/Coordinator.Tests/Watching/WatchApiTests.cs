using System.Net;
using System.Text;
using System.Text.Json;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Watching;

/// <summary>What the program answers to requests for a run that is watched: to good ones, to wrong ones, and to strangers.</summary>
public sealed class WatchApiTests(WatchApiTests.Served served) : IClassFixture<WatchApiTests.Served>
{
    private WatchedProcess Run => served.Run;

    [Theory]
    [InlineData("/api/speed", """{"tauPerSecond": 0}""", "tauPerSecond")]
    [InlineData("/api/speed", """{"tauPerSecond": -1}""", "tauPerSecond")]
    [InlineData("/api/speed", """{"tauPerSecond": "fast"}""", "tauPerSecond")]
    [InlineData("/api/speed", "[]", "tauPerSecond")]
    [InlineData("/api/speed", "5", "tauPerSecond")]
    [InlineData("/api/speed", "", "tauPerSecond")]
    [InlineData("/api/speed", "{", "tauPerSecond")]
    [InlineData("/api/interventions", "", "")]
    [InlineData("/api/interventions", "{", "")]
    [InlineData("/api/interventions", "[]", "")]
    [InlineData("/api/interventions", "null", "")]
    [InlineData("/api/interventions", "{}", "kind")]
    [InlineData("/api/interventions", """{"kind": "explode"}""", "kind")]
    [InlineData("/api/interventions", """{"kind": "cut-links", "links": "nowhere"}""", "links")]
    [InlineData("/api/interventions", """{"kind": "cut-links", "links": 3}""", "links")]
    [InlineData("/api/interventions", """{"kind": "restore-links", "links": "nowhere"}""", "links")]
    [InlineData("/api/interventions", """{"kind": "cut-links", "link": "all"}""", "link")]
    [InlineData("/api/interventions", """{"kind": "change-links", "links": "all"}""", "change")]
    [InlineData("/api/interventions", """{"kind": "change-links", "links": "all", "duplicate": 2}""", "duplicate")]
    [InlineData("/api/interventions", """{"kind": "change-links", "links": "all", "loss": {"law": "magic"}}""", "loss.law")]
    [InlineData("/api/interventions", """{"kind": "change-links", "links": "all", "loss": {"law": "independent", "rate": 1.5}}""", "loss.rate")]
    [InlineData("/api/interventions", """{"kind": "change-links", "links": "all", "delay": {"law": "exponential", "mean": -1}}""", "delay.mean")]
    [InlineData("/api/interventions", """{"kind": "change-links", "links": "all", "delay": {"law": "exponential", "mean": 1e999}}""", "delay.mean")]
    [InlineData("/api/interventions", """{"kind": "cut-population"}""", "population")]
    [InlineData("/api/interventions", """{"kind": "undo", "of": "asked-7"}""", "of")]
    [InlineData("/api/interventions", """{"kind": "kill-node"}""", "node")]
    [InlineData("/api/interventions", """{"kind": "kill-node", "node": 0}""", "node")]
    [InlineData("/api/interventions", """{"kind": "leave-node", "node": 1}""", "node")]
    [InlineData("/api/interventions", """{"kind": "cut-links", "links": "all", "at": {"presentation": 100}}""", "at")]
    [InlineData("/api/interventions", """{"kind": "cut-population", "population": "nobody"}""", "population")]
    [InlineData("/api/interventions", """{"kind": "silence-population", "population": "nobody"}""", "population")]
    [InlineData("/api/interventions", """{"kind": "restore-population", "population": "nobody"}""", "population")]
    [InlineData("/api/interventions", """{"kind": "slow-population", "population": "hidden", "factor": 0}""", "factor")]
    [InlineData("/api/interventions", """{"kind": "slow-population", "population": "hidden", "factor": "slow"}""", "factor")]
    [InlineData("/api/interventions", """{"kind": "flip-weights", "projection": "nothing", "share": 0.1}""", "projection")]
    [InlineData("/api/interventions", """{"kind": "flip-weights", "projection": "hidden-label", "share": 2}""", "share")]
    public async Task A_command_with_a_wrong_setting_is_refused_and_the_setting_is_named(string path, string body, string named)
    {
        using HttpResponseMessage answer = await Run.PostAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{(int)answer.StatusCode}: {text}");
        string error = JsonDocument.Parse(text).RootElement.GetProperty("error").GetString()!;
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.True(error.Length > named.Length + 10, error);
        await served.AssertUntouchedAsync();
    }

    [Theory]
    [InlineData("GET", "/api/nothing")]
    [InlineData("POST", "/api/nothing")]
    [InlineData("POST", "/api/")]
    [InlineData("POST", "/api/pause/now")]
    [InlineData("POST", "/api/interventions/1/undo")]
    [InlineData("POST", "/api/interventions/x/undo")]
    [InlineData("GET", "/nothing.js")]
    [InlineData("GET", "/../../etc/passwd")]
    [InlineData("GET", "/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("GET", "/api/weights?slice=0&unit=-1")]
    [InlineData("GET", "/api/weights?slice=99&unit=0")]
    [InlineData("GET", "/api/weights?slice=x")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, _ => { });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "/api/pause")]
    [InlineData("DELETE", "/api/interventions")]
    public async Task Other_methods_are_refused(string method, string path)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, _ => { });
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/description")]
    [InlineData("GET", "/api/frames")]
    [InlineData("GET", "/api/experiment")]
    [InlineData("GET", "/api/weights?slice=1&unit=0")]
    [InlineData("POST", "/api/resume")]
    [InlineData("POST", "/api/speed")]
    [InlineData("POST", "/api/interventions")]
    public async Task Without_the_token_nothing_is_told_and_nothing_is_done(string method, string path)
    {
        string[] wrong = ["", "token=", $"token={Run.Token[..^1]}", $"token={Run.Token}0", $"token={Run.Token.ToUpperInvariant()}x", $"TOKEN2={Run.Token}"];
        foreach (string query in wrong)
        {
            using var request = new HttpRequestMessage(new(method), $"{Run.Site}{path}{(path.Contains('?') ? '&' : '?')}{query}");
            using HttpResponseMessage answer = await Run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{query}: {(int)answer.StatusCode}");
        }

        await served.AssertUntouchedAsync();
    }

    [Theory]
    [InlineData("Origin", "http://example.org")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Host", "example.org")]
    [InlineData("Host", "127.0.0.1:1")]
    [InlineData("Host", "127.0.0.1.example.org")]
    public async Task Another_origin_and_another_host_are_refused_with_the_right_token_too(string header, string value)
    {
        foreach ((string method, string path) in new[] { ("POST", "/api/resume"), ("GET", "/api/description"), ("GET", "/") })
        {
            using HttpResponseMessage answer = await SendAsync(method, path, request => Set(request, header, value));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {(int)answer.StatusCode}");
        }

        await served.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Its_own_origin_and_the_name_localhost_are_accepted()
    {
        using HttpResponseMessage own = await SendAsync("POST", "/api/pause", request => request.Headers.Add("Origin", Run.Site));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using HttpResponseMessage named = await SendAsync(
            "GET", "/api/description", request => request.Headers.Host = $"localhost:{Run.Address.Port}");
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_and_the_program_goes_on()
    {
        string large = $$"""{"kind": "cut-links", "links": "{{new string('x', 100_000)}}"}""";
        using HttpResponseMessage answer = await Run.PostAsync("/api/interventions", large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await served.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Every_answer_forbids_to_be_kept_embedded_or_guessed()
    {
        foreach (string path in new[] { "/", "/page.js", "/page.css", "/api/description", "/nothing.js" })
        {
            using HttpResponseMessage answer = await SendAsync("GET", path, _ => { });
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Fact]
    public async Task The_experiment_that_it_gives_is_one_that_the_program_accepts()
    {
        using var folder = new TemporaryFolder();
        using HttpResponseMessage answer = await SendAsync("GET", "/api/experiment", _ => { });
        Assert.Equal("digits.yaml", answer.Content.Headers.ContentDisposition!.FileName);
        await File.WriteAllTextAsync(folder.File("saved.yaml"), await answer.Content.ReadAsStringAsync(), Encoding.UTF8);
        Ended ended = await NudgeProcess.RunAsync(folder.Path, "validate", "saved.yaml");
        Assert.True(ended.Code == 0, ended.Error);
    }

    [Fact]
    public async Task Weights_of_a_unit_are_images_of_their_projections()
    {
        JsonElement found = JsonDocument.Parse(await Run.Client.GetStringAsync(Run.At("/api/weights?slice=1&unit=0"))).RootElement;
        JsonElement image = found.GetProperty("images").EnumerateArray().First();
        int size = image.GetProperty("width").GetInt32() * image.GetProperty("height").GetInt32();
        Assert.True(size > 1);
        Assert.Equal(size, image.GetProperty("values").GetBytesFromBase64().Length);
        Assert.True(image.GetProperty("low").GetDouble() < image.GetProperty("high").GetDouble());
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, Action<HttpRequestMessage> change)
    {
        var request = new HttpRequestMessage(new(method), Run.At(path));
        if (method != "GET")
            request.Content = new StringContent("{}");
        change(request);
        return Run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static void Set(HttpRequestMessage request, string header, string value)
    {
        if (header == "Host")
            request.Headers.Host = value;
        else
            request.Headers.Add(header, value);
    }

    /// <summary>One run for all requests: it has begun and is paused.</summary>
    public sealed class Served : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private WatchedProcess? _run;
        private double _tau;

        public WatchedProcess Run => _run!;

        public async Task InitializeAsync()
        {
            _run = await WatchedProcess.StartAsync(
                _folder.Path, "digits", "--set", "data.train=100", "--set", "data.test=50", "--speed", "1000");
            await _run.FrameAsync(frame => frame.GetProperty("presentations").GetInt64() > 0);
            await _run.CommandAsync("/api/pause");
            _tau = (await _run.StandingFrameAsync()).GetProperty("tau").GetDouble();
        }

        /// <summary>It is still paused where it was, and nothing has been done to it.</summary>
        public async Task AssertUntouchedAsync()
        {
            JsonElement frame = await Run.FrameAsync();
            Assert.Equal("paused", frame.GetProperty("state").GetString());
            Assert.Equal(_tau, frame.GetProperty("tau").GetDouble());
            Assert.Equal(1000, frame.GetProperty("speedLimit").GetDouble());
            Assert.Equal(0, frame.GetProperty("interventions").GetArrayLength());
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose()
        {
            _run?.Dispose();
            _folder.Dispose();
        }
    }
}
