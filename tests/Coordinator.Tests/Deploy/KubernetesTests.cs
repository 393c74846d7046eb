using Nudge.Commands;
using Nudge.Hosting;

namespace Nudge.Coordinator.Tests.Deploy;

public sealed class KubernetesTests
{
    private static readonly Tree Set = Kubernetes.StatefulSet;
    private static readonly Start Node = Kubernetes.StartOf(Set);
    private static readonly Tree Container = Kubernetes.Container(Set);
    private static readonly IReadOnlyDictionary<string, string> Labels = Set["spec"]["template"]["metadata"]["labels"].TextMap;

    [Fact]
    public void Selectors_choose_the_pods_of_the_set_and_not_those_of_a_run()
    {
        IReadOnlyDictionary<string, string> run = Kubernetes.Run["spec"]["template"]["metadata"]["labels"].TextMap;
        foreach (Tree selector in new[]
        {
            Set["spec"]["selector"]["matchLabels"],
            Kubernetes.Service["spec"]["selector"],
            Kubernetes.Load("disruption-budget")["spec"]["selector"]["matchLabels"],
            Kubernetes.Load("network-policy")["spec"]["podSelector"]["matchLabels"],
            Kubernetes.Pod(Set)["topologySpreadConstraints"].Items[0]["labelSelector"]["matchLabels"],
        })
        {
            Assert.True(Chooses(selector, Labels));
            Assert.False(Chooses(selector, run));
        }

        Tree admitted = Kubernetes.Load("network-policy")["spec"]["ingress"].Items[0]["from"].Items[0];
        Assert.True(Chooses(admitted["podSelector"]["matchLabels"], Labels));
        Assert.True(Chooses(admitted["podSelector"]["matchLabels"], run));
    }

    [Fact]
    public void Seeds_are_the_pods_under_the_names_that_the_headless_service_gives_them()
    {
        Assert.Equal("None", Kubernetes.Service["spec"]["clusterIP"].Text);
        Assert.Equal("true", Kubernetes.Service["spec"]["publishNotReadyAddresses"].Text);
        Assert.Equal(Kubernetes.Service["metadata"]["name"].Text, Set["spec"]["serviceName"].Text);
        string space = Kubernetes.Load("kustomization")["namespace"].Text;
        string domain = $"{Set["spec"]["serviceName"].Text}.{space}.svc.cluster.local";
        HostPort[] pods =
        [
            .. Enumerable.Range(0, Set["spec"]["replicas"].Number)
                .Select(i => new HostPort($"{Set["metadata"]["name"].Text}-{i}.{domain}", int.Parse(Node["NUDGE_NODE_PORT"]))),
        ];
        Assert.Equal(pods, Node.Seeds);
        Assert.Equal(pods[0].Host, Node["NUDGE_NODE_HOST"]);
    }

    [Fact]
    public void Ports_are_those_of_the_node_and_probes_ask_the_health_port()
    {
        Assert.Equal(Node["NUDGE_NODE_PORT"], Container["ports"].Named("cluster")["containerPort"].Text);
        Assert.Equal(Node["NUDGE_NODE_DATA_PORT"], Container["ports"].Named("data")["containerPort"].Text);
        Assert.Equal(Node["NUDGE_NODE_HEALTH"], Container["ports"].Named("health")["containerPort"].Text);
        foreach (Tree port in Kubernetes.Service["spec"]["ports"].Items)
        {
            Tree target = Container["ports"].Named(port["targetPort"].Text);
            Assert.Equal(target["containerPort"].Text, port["port"].Text);
        }

        Assert.Equal(("/readyz", "health"), Asked("readinessProbe"));
        Assert.Equal(("/healthz", "health"), Asked("livenessProbe"));
        Assert.All(
            Kubernetes.Load("network-policy")["spec"]["ingress"].Items.SelectMany(rule => rule["ports"].Items),
            port => Container["ports"].Named(port["port"].Text));
    }

    [Fact]
    public void A_pod_that_is_ended_has_the_time_to_leave_and_others_stay_a_majority()
    {
        Assert.All(
            new[] { Set, Kubernetes.Run },
            manifest => Assert.True(
                Kubernetes.Pod(manifest)["terminationGracePeriodSeconds"].Number > Termination.Within.TotalSeconds));
        int unavailable = Kubernetes.Load("disruption-budget")["spec"]["maxUnavailable"].Number;
        Assert.True(2 * unavailable < Set["spec"]["replicas"].Number);
    }

    [Fact]
    public void Files_are_where_the_program_looks_and_secrets_are_references()
    {
        Assert.All(
            new[] { Node["NUDGE_NODE_TLS_CERTIFICATE"], Node["NUDGE_NODE_TLS_AUTHORITY"] },
            file => Assert.Equal(Container["volumeMounts"].Named("tls")["mountPath"].Text, Path.GetDirectoryName(file)));
        foreach (string name in new[] { "NUDGE_NODE_STORE", "NUDGE_TLS_PASSWORD" })
            Assert.True(Container["env"].Named(name)["valueFrom"].Has("secretKeyRef"), name);
        foreach (Tree manifest in new[] { Set, Kubernetes.Run })
        {
            string[] volumes = [.. Kubernetes.Pod(manifest)["volumes"].Items.Select(volume => volume["name"].Text)];
            Assert.Equal(volumes, Kubernetes.Container(manifest)["volumeMounts"].Items.Select(mount => mount["name"].Text));
        }
    }

    [Fact]
    public void A_run_joins_the_nodes_of_the_set_and_waits_for_all_of_them()
    {
        Start run = Kubernetes.StartOf(Kubernetes.Run);
        Assert.Contains($"--join={Node.Seeds[0]}", run.Arguments);
        Assert.Contains($"--nodes={Set["spec"]["replicas"].Text}", run.Arguments);
        Assert.Contains($"--tls-certificate={Node["NUDGE_NODE_TLS_CERTIFICATE"]}", run.Arguments);
        Assert.Contains($"--tls-authority={Node["NUDGE_NODE_TLS_AUTHORITY"]}", run.Arguments);
    }

    [Fact]
    public void Every_manifest_but_the_run_is_applied()
    {
        string[] applied = [.. Kubernetes.Load("kustomization")["resources"].Texts.Append("run.yaml").Append("kustomization.yaml")];
        string[] there = [.. Directory.GetFiles(Checkout.Deploy("kubernetes"), "*.yaml").Select(file => Path.GetFileName(file))];
        Assert.Equal(applied.Order(), there.Order());
    }

    private static (string, string) Asked(string probe) =>
        (Container[probe]["httpGet"]["path"].Text, Container[probe]["httpGet"]["port"].Text);

    private static bool Chooses(Tree selector, IReadOnlyDictionary<string, string> labels) =>
        selector.TextMap.All(pair => labels.TryGetValue(pair.Key, out string? value) && value == pair.Value);
}
