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
    [InlineData("[::1]:1", "[::1]:1", "[0:0::1]:1")]
    [InlineData("[::1]:1", "[::1]:2 [fd00::5]:1", "[::1]:2", "[fd00::5]:1")]
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

    [Theory]
    [InlineData("[::1]:4053", "[::1]", 4053)]
    [InlineData("[2001:db8:0::7]:1", "[2001:db8::7]", 1)]
    [InlineData("node-1.example.org:4053", "node-1.example.org", 4053)]
    [InlineData("10.0.0.7:1", "10.0.0.7", 1)]
    public void A_place_has_brackets_around_an_address_of_ipv6(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out HostPort? place));
        Assert.Equal(new HostPort(host, port), place);
        Assert.Equal($"{host}:{port}", place!.ToString());
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("::1:4053")]
    [InlineData("fd00::5:4053")]
    [InlineData("[node-1]:4053")]
    [InlineData("[::1:4053")]
    [InlineData("[::1]")]
    [InlineData("node-1")]
    [InlineData("node-1:0")]
    [InlineData(":4053")]
    public void What_could_be_read_as_another_host_or_port_is_no_place(string text) => Assert.False(HostPort.TryParse(text, out _));

    [Fact]
    public void Settings_write_an_address_of_ipv6_with_brackets_and_bind_to_it_without()
    {
        var settings = new NodeSettings { Host = "::1" };
        Assert.Equal("[::1]", settings.Host);
        Assert.Equal("::1", settings.BoundTo);
        Assert.Equal("::", new NodeSettings { Host = "fd00::5", Bind = "::" }.BoundTo);
        Assert.Equal("name", new NodeSettings { Host = "name" }.Host);
    }

    private static HostPort Place(string text) =>
        HostPort.TryParse(text, out HostPort? place) ? place! : throw new FormatException(text);

    private static IPAddress[] Addresses(string name) => [.. Known.GetValueOrDefault(name, []).Select(IPAddress.Parse)];
}
