using System.Net;
using Nudge.Hosting;

namespace Nudge.Cluster.Tests.Hosting;

public sealed class SeedNamesTests
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["many"] = ["10.0.0.9", "10.0.0.2", "10.0.0.5"],
        ["one"] = ["10.0.0.7"],
        ["localhost"] = ["127.0.0.1"],
    };

    [Theory]
    [InlineData("10.0.0.2:1", "10.0.0.2:1 10.0.0.5:1 10.0.0.9:1 many:1", "many:1")]
    [InlineData("10.0.0.5:1", "10.0.0.2:1 10.0.0.5:1 10.0.0.9:1 many:1", "many:1")]
    [InlineData("10.0.0.5:1", "one:1 10.0.0.7:1", "one:1")]
    [InlineData("one:1", "one:1 10.0.0.2:1", "one:1", "10.0.0.2:1")]
    [InlineData("one:1", "one:1", "10.0.0.7:1", "one:1")]
    [InlineData("127.0.0.1:1", "127.0.0.1:1", "localhost:1")]
    [InlineData("127.0.0.1:1", "localhost:2 127.0.0.1:2", "localhost:2")]
    [InlineData("10.0.0.5:1", "unknown:1", "unknown:1")]
    public async Task A_seed_is_tried_under_every_place_that_it_may_know_itself_by(
        string self, string expected, params string[] seeds)
    {
        IReadOnlyList<HostPort> places = await SeedNames.ResolveAsync(
            [.. seeds.Select(Place)], Place(self), name => Task.FromResult(Addresses(name)));
        Assert.Equal(expected, string.Join(' ', places));
    }

    [Fact]
    public async Task The_machines_behind_one_name_agree_on_who_begins()
    {
        string[] first = await Task.WhenAll(Known["many"].Select(async address => (await SeedNames.ResolveAsync(
            [Place("many:1")], new(address, 1), name => Task.FromResult(Addresses(name))))[0].ToString()));
        Assert.Equal("10.0.0.2:1", Assert.Single(first.Distinct()));
    }

    private static HostPort Place(string text) =>
        HostPort.TryParse(text, out HostPort? place) ? place! : throw new FormatException(text);

    private static IPAddress[] Addresses(string name) => [.. Known.GetValueOrDefault(name, []).Select(IPAddress.Parse)];
}
