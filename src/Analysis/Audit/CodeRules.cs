using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nudge.Phases;
using Nudge.State;

namespace Nudge.Audit;

/// <summary>Which types the code of a rule may use.</summary>
internal static class CodeRules
{
    private static readonly string[] Neighbourhood =
    [
        "Nudge.Plasticity", "Nudge.Plasticity.Rules", "Nudge.Synapses", "Nudge.Signals", "Nudge.Topology", "Nudge.Numerics",
        "Nudge.Catalogue",
    ];

    // Not their whole namespace: the schedule there would give away the phases to come.
    private static readonly Type[] OfPhases = [typeof(PhaseProbability), typeof(SecondMoments)];

    // What describes a state, but not what begins one.
    private static readonly Type[] OfState =
    [
        typeof(IStateful), typeof(StateSection), typeof(StateSections), typeof(StateItem<>), typeof(StateItems),
        typeof(StateChoices), typeof(StateArrays), typeof(StateLists), typeof(SignalState),
    ];

    private static readonly string[] ForbiddenNamespaces =
    [
        "System.IO", "System.Net", "System.Reflection", "System.Threading", "System.Diagnostics", "System.Runtime.Loader",
    ];

    private static readonly Type[] Forbidden =
    [
        typeof(Environment), typeof(AppContext), typeof(AppDomain), typeof(Activator), typeof(GC), typeof(DateTime),
        typeof(DateTimeOffset), typeof(TimeProvider), typeof(Console), typeof(Unsafe), typeof(Marshal),
        typeof(MemoryMarshal), typeof(NativeMemory), typeof(GCHandle), typeof(WeakReference), typeof(Buffer),
        typeof(ConditionalWeakTable<,>),
    ];

    // Not written as a type, since the project bans the very mention of it.
    private const string Dice = "System.Random";

    /// <summary>Whether the code of a type is read too: whatever lies outside simulator and runtime.</summary>
    internal static bool IsFollowed(Type type) =>
        !KnownKinds.IsOfRuntime(type)
        // What the compiler adds for spans and constants is not the author's.
        && !type.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
        && !KnownKinds.IsOfSimulator(type);

    /// <summary>Whether code may use a type.</summary>
    internal static bool IsAllowed(Type type)
    {
        Type plain = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (KnownKinds.IsOfRuntime(plain))
            return IsAllowedOfRuntime(plain);
        // What belongs to neither is read itself.
        return !KnownKinds.IsOfSimulator(plain) || (!KnownKinds.IsForbidden(plain) && IsOfNeighbourhood(plain));
    }

    private static bool IsAllowedOfRuntime(Type type) =>
        // What a damaged state is refused with.
        type == typeof(InvalidDataException)
        || (!Forbidden.Contains(type)
            && type.FullName != Dice
            && !ForbiddenNamespaces.Any(area => IsWithin(type, area)));

    private static bool IsOfNeighbourhood(Type type) =>
        KnownKinds.IsConstant(type)
        || OfPhases.Contains(type)
        || OfState.Contains(type)
        || type.Namespace is null
        || Neighbourhood.Contains(type.Namespace);

    private static bool IsWithin(Type type, string area) =>
        type.Namespace is { } own && (own == area || own.StartsWith(area + ".", StringComparison.Ordinal));
}
