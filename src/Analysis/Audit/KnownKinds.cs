using System.Reflection;
using System.Runtime.CompilerServices;
using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Synapses;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Audit;

/// <summary>What the audit makes of a type when it meets it behind a rule.</summary>
internal static class KnownKinds
{
    private static readonly Assembly Core = typeof(NetworkPlan).Assembly;

    private static readonly Type[] Forbidden =
    [
        typeof(PopulationSlice), typeof(VirtualEngine), typeof(TrainingSchedule), typeof(Curriculum), typeof(IStimulusSet),
        typeof(ControlSignal), typeof(IEventRecorder), typeof(NetworkWeights), typeof(Stream), typeof(Thread), typeof(Timer),
    ];

    private static readonly string[] ConstantKinds =
    [
        "Settings", "Plan", "Context", "Traits", "Afferent", "Definition", "Declaration", "Variant", nameof(RateSchedule), nameof(Connectivity),
    ];

    /// <summary>Written by the makers of the simulator: its core, or what measures it from outside.</summary>
    internal static bool IsOfSimulator(Type type) => type.Assembly == Core || type.Assembly == typeof(KnownKinds).Assembly;

    /// <summary>Nothing of this kind may be reached from a rule.</summary>
    internal static bool IsForbidden(Type type) =>
        Forbidden.Any(kind => kind.IsAssignableFrom(type))
        || type.Assembly.GetName().Name!.StartsWith("Akka", StringComparison.Ordinal)
        || (type.Assembly == Core && type.Namespace is "Nudge.Actors" or "Nudge.VirtualTime" or "Nudge.Training" && !IsConstant(type));

    /// <summary>Synapses and biases: a rule is handed its own at each update, and may have no others.</summary>
    internal static bool IsSynaptic(Type type) => type == typeof(SynapseGroup) || type == typeof(BiasGroup);

    /// <summary>Settings, plans and other values that stay as they are for a whole run.</summary>
    internal static bool IsConstant(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
        || typeof(MemberInfo).IsAssignableFrom(type) || typeof(Assembly).IsAssignableFrom(type)
        || (type.Assembly == Core && !type.IsValueType && (IsNamedConstant(type.Name) || typeof(IDefinition).IsAssignableFrom(type)));

    /// <summary>Part of the runtime, so that its own workings are none of the audit's business.</summary>
    internal static bool IsOfRuntime(Type type)
    {
        string assembly = type.Assembly.GetName().Name!;
        return assembly.StartsWith("System", StringComparison.Ordinal) || assembly is "mscorlib" or "netstandard";
    }

    /// <summary>Numbers and structures of numbers only.</summary>
    internal static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(decimal)
        || (type.IsValueType && Fields(type).All(field => IsPlain(field.FieldType)));

    /// <summary>All instance fields, inherited ones included.</summary>
    internal static FieldInfo[] Fields(Type type) => FieldsByType.GetValue(type, Find);

    private static readonly ConditionalWeakTable<Type, FieldInfo[]> FieldsByType = [];

    private static bool IsNamedConstant(string name) =>
        ConstantKinds.Any(kind => name.EndsWith(kind, StringComparison.Ordinal));

    private static FieldInfo[] Find(Type type)
    {
        const BindingFlags Own =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = new List<FieldInfo>();
        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
            fields.AddRange(at.GetFields(Own));
        return [.. fields];
    }
}
