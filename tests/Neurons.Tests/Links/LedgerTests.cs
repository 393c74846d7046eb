using CsCheck;
using Nudge.Catalogue;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Links;

public sealed class LedgerTests
{
    internal static readonly Gen<ActivityLinkSettings> Link = Gen.Select(
        Laws<DelaySettings>(), Laws<LossSettings>(), Gen.Double[0, 0.8], Gen.Double[0, 0.5], Gen.Enum<LinkOrder>(), Gen.Bool,
        (delay, loss, rate, duplicate, order, cut) => new ActivityLinkSettings
        {
            Delay = NamedSettings.Law<DelaySettings>(delay, ("Mean", 0.7), ("Spread", 0.5)),
            Loss = NamedSettings.Law<LossSettings>(loss, ("Rate", rate), ("Burst", 12)),
            Duplicate = duplicate,
            Order = order,
            Partitions = cut
                ? new Dictionary<string, PartitionWindow> { ["cut"] = new() { From = 20, Until = 60 } }
                : new Dictionary<string, PartitionWindow>(),
        });

    [Fact]
    public void The_counters_of_every_link_balance_under_every_link_model() =>
        Gen.Select(Link, Link, Gen.Bool, Gen.Bool).Sample(
            (activity, control, retry, broadcast) =>
            {
                NetworkSettings settings = SmallNetwork.Settings(3, 6, 2) with
                {
                    Clocks = new() { Jitter = 0.3 },
                    Granularity = new(GranularityKind.Slice, 4),
                    Learning = new() { Tags = broadcast ? TagTransport.Broadcast : TagTransport.PiggyBacked },
                    Links = new()
                    {
                        Activity = activity,
                        Phase = activity,
                        Control = new()
                        {
                            Delay = control.Delay,
                            Loss = control.Loss,
                            Duplicate = control.Duplicate,
                            Order = control.Order,
                            Partitions = control.Partitions,
                            Retry = retry,
                        },
                    },
                };
                VirtualEngine engine = SmallNetwork.Engine(settings, 8, VectorExamples.Spread(4, 3, 2));
                SmallNetwork.RunToEnd(engine);
                return engine.Ledger().All(link => link.Unaccounted == 0 && link.Sent > 0 && link.InFlight >= 0)
                    && engine.Ledger().Any(link => link.Delivered > 0 || activity.Loss.MeanLoss > 0);
            },
            iter: 60);

    [Fact]
    public void Lost_and_delivered_are_as_the_link_is_set()
    {
        NetworkSettings settings = SmallNetwork.Settings(3, 6, 2) with { Links = SmallNetwork.Faulty };
        VirtualEngine engine = SmallNetwork.Engine(settings, 300, VectorExamples.Spread(4, 3, 2));
        SmallNetwork.RunToEnd(engine);
        LedgerEntry link = engine.Ledger()[0];
        Assert.Equal(0.1, link.Lost / (double)link.Sent, 0.01);
        Assert.True(link.Superseded > 0);
    }

    private static Gen<ISettingsDefinition> Laws<TSettings>()
        where TSettings : DefinedSettings
    {
        IReadOnlyList<ISettingsDefinition> all = DefinitionCatalogue.BuiltIn.OfFamily(typeof(TSettings));
        return Gen.Int[0, all.Count - 1].Select(index => all[index]);
    }
}
