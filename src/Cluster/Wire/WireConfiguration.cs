using System.Text;
using Akka.Configuration;
using Nudge.Security;

namespace Nudge.Wire;

/// <summary>Akka's settings by which only our contracts and Akka's internal messages are read and written.</summary>
internal static class WireConfiguration
{
    internal static Config Create(ValueFormat format)
    {
        var bindings = new StringBuilder();
        foreach (Contract contract in Contracts.All)
            bindings.AppendLine($"\"{Name(contract.Type)}\" = nudge");
        return ConfigurationFactory.ParseString($$"""
            {{WireSerializer.FormatSetting}} = {{format}}
            akka.actor {
                serializers {
                    nudge = "{{Name(typeof(WireSerializer))}}"
                    json = "{{Name(typeof(RefusedJson))}}"
                    proto = "{{Name(typeof(RefusedProtobuf))}}"
                    daemon-create = "{{Name(typeof(RefusedDeployment))}}"
                    bytes = "{{Name(typeof(RefusedBytes))}}"
                    reliable-delivery = "{{Name(typeof(RefusedDelivery))}}"
                    akka-misc = "{{Name(typeof(GuardedMisc))}}"
                    akka-system-msg = "{{Name(typeof(GuardedSystem))}}"
                    akka-cluster = "{{Name(typeof(GuardedCluster))}}"
                }
                serialization-bindings {
                    {{bindings}}
                }
            }
            """);
    }

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
