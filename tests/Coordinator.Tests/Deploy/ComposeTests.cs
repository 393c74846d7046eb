using Nudge.Commands;
using Nudge.Hosting;

namespace Nudge.Coordinator.Tests.Deploy;

public sealed class ComposeTests
{
    private static readonly string[] Secret = ["POSTGRES_PASSWORD", "NUDGE_TLS_PASSWORD"];

    [Fact]
    public void Seeds_are_the_workers_under_the_names_and_ports_by_which_they_know_themselves()
    {
        Assert.Equal(3, Compose.Workers.Count);
        HostPort[] places =
        [
            .. Compose.Workers.Select(worker => (worker.Key, Start: Compose.StartOf(worker.Value)))
                .Select(worker => new HostPort(worker.Key, int.Parse(worker.Start["NUDGE_NODE_PORT"]))),
        ];
        foreach ((string name, Tree worker) in Compose.Workers)
        {
            Start start = Compose.StartOf(worker);
            Assert.Equal(name, start["NUDGE_NODE_HOST"]);
            Assert.Equal(places, start.Seeds);
        }
    }

    [Fact]
    public void Workers_listen_where_the_image_says_and_its_health_check_asks()
    {
        foreach (Tree worker in Compose.Workers.Values)
        {
            Start start = Compose.StartOf(worker);
            foreach (string name in new[] { "NUDGE_NODE_PORT", "NUDGE_NODE_DATA_PORT", "NUDGE_NODE_HEALTH", "NUDGE_NODE_BIND" })
                Assert.Equal(Image.Environment[name], start[name]);
            Assert.False(worker.Has("healthcheck"));
        }
    }

    [Fact]
    public void The_coordinator_joins_a_worker_waits_for_all_and_is_found_under_its_name()
    {
        string[] arguments = [.. Compose.StartOf(Compose.Coordinator).Arguments];
        HostPort joined = Start.Place(ValueOf(arguments, "--join"));
        Assert.Equal(Compose.StartOf(Compose.Workers[joined.Host])["NUDGE_NODE_PORT"], $"{joined.Port}");
        Assert.Equal($"{Compose.Workers.Count}", ValueOf(arguments, "--nodes"));
        Assert.Equal(Compose.Coordinator["hostname"].Text, ValueOf(arguments, "--host"));
        Assert.Equal(Compose.Workers.Keys, Compose.Coordinator["depends_on"].Map.Keys);
        Assert.All(
            Compose.Coordinator["depends_on"].Map.Values,
            needed => Assert.Equal("service_healthy", needed["condition"].Text));
    }

    [Fact]
    public void Certificates_lie_where_the_programs_look_for_them()
    {
        string[] coordinator = [.. Compose.StartOf(Compose.Coordinator).Arguments];
        Start worker = Compose.StartOf(Compose.Workers["worker-1"]);
        string[] mounted = [.. Compose.Coordinator["secrets"].Items.Select(Mounted)];
        Assert.Equal(mounted, Compose.Workers["worker-1"]["secrets"].Items.Select(Mounted));
        string[] sought = [worker["NUDGE_NODE_TLS_CERTIFICATE"], worker["NUDGE_NODE_TLS_AUTHORITY"]];
        Assert.Equal(mounted, sought);
        string[] given = [ValueOf(coordinator, "--tls-certificate"), ValueOf(coordinator, "--tls-authority")];
        Assert.Equal(mounted, given);
        Assert.All(
            Compose.Coordinator["secrets"].Items,
            secret => Assert.True(Compose.File["secrets"].Has(secret["source"].Text)));
    }

    [Fact]
    public void Passwords_are_not_in_the_file_and_must_be_given()
    {
        Assert.All(
            Compose.Substitutions.Where(match => Secret.Contains(match.Groups["name"].Value)),
            match => Assert.True(match.Groups["required"].Success, match.Value));
        IEnumerable<string> asked = Compose.Substitutions.Select(match => match.Groups["name"].Value).Distinct();
        Dictionary<string, string> example = UnitFile.Variables(Checkout.Lines("deploy", "env.example"));
        Assert.Equal(asked.Order(), example.Keys.Order());
        Assert.All(Secret, name => Assert.Equal("", example[name]));
        string store = Compose.Workers["worker-1"]["environment"]["NUDGE_NODE_STORE"].Text;
        Tree database = Compose.File["services"]["postgres"]["environment"];
        Assert.Equal(
            $"postgres:Host=postgres;Database={database["POSTGRES_DB"].Text};Username={database["POSTGRES_USER"].Text};"
            + $"Password={database["POSTGRES_PASSWORD"].Text}",
            store);
    }

    [Fact]
    public void What_is_stopped_has_the_time_to_leave()
    {
        Assert.All(
            Compose.Workers.Values.Append(Compose.Coordinator),
            service => Assert.True(
                int.Parse(service["stop_grace_period"].Text.TrimEnd('s')) > Termination.Within.TotalSeconds));
    }

    private static string Mounted(Tree secret) => $"/run/secrets/{secret["target"].Text}";

    private static string ValueOf(string[] arguments, string option) =>
        Assert.Single(arguments, argument => argument.StartsWith($"{option}=", StringComparison.Ordinal))[(option.Length + 1)..];
}
