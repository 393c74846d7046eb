namespace Nudge.Coordinator.Tests.Deploy;

/// <summary>deploy/kubernetes.</summary>
internal static class Kubernetes
{
    internal static Tree StatefulSet => Load("statefulset");

    internal static Tree Service => Load("service");

    internal static Tree Run => Load("run");

    internal static Tree Pod(Tree manifest) => manifest["spec"]["template"]["spec"];

    internal static Tree Container(Tree manifest) => Assert.Single(Pod(manifest)["containers"].Items);

    internal static Tree Load(string name) => Tree.Load(Checkout.PathOf("deploy", "kubernetes", $"{name}.yaml"));

    internal static Start StartOf(Tree manifest)
    {
        Tree container = Container(manifest);
        var environment = new Dictionary<string, string>();
        foreach (Tree variable in container["env"].Items)
            environment[variable["name"].Text] = Expanded(ValueOf(variable), environment);
        return new([.. container["args"].Texts.Select(text => Expanded(text, environment))], environment);
    }

    // What the cluster fills in: fields of the first pod, and secrets.
    private static string ValueOf(Tree variable)
    {
        if (variable.Has("value"))
            return variable["value"].Text;
        Tree source = variable["valueFrom"];
        if (!source.Has("fieldRef"))
            return source["secretKeyRef"]["key"].Text == "store" ? "postgres:Host=host;Database=nudge" : "secret";
        return source["fieldRef"]["fieldPath"].Text switch
        {
            "metadata.name" => "nudge-0",
            "status.podIP" => "10.0.0.1",
            var other => throw new NotSupportedException(other),
        };
    }

    private static string Expanded(string text, Dictionary<string, string> environment) =>
        environment.Aggregate(text, (known, pair) => known.Replace($"$({pair.Key})", pair.Value, StringComparison.Ordinal));
}
