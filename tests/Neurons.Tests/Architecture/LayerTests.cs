using Nudge.Testing;

namespace Nudge.Neurons.Tests.Architecture;

/// <summary>The folders of the core depend in one direction.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_name_lower_layers_only() => LayerCheck.Hold("Neurons", """
        Catalogue Randomness Signals   # definitions by name; keyed random draws; what travels
        Numerics                       # kernels, activation functions
        State                          # state in tagged sections
        Clocks                         # local time
        Links                          # delay, loss, duplication, order, partitions; link ends and the ledger
        Topology                       # populations, projections, slices, links as a plan
        Phases                         # polarity and length of phases
        Synapses                       # weights, biases, optimisers, first weights; what a rule sees of them
        Plasticity                     # what a rule is, and what rules have in common
        Plasticity/Rules               # one rule a file
        Populations                    # slices: what is common to all, and leaky units
        Models                         # what a model is, and what models have in common
        Models/*                       # one model a folder
        DataSets                       # what a data set is
        Networks                       # settings and plan of a whole network
        Interventions                  # changes of a running network's conditions
        Training                       # the schedule of a run, its evaluations and scores
        Actors/Loops                   # the thread that runs actors
        VirtualTime Actors             # the engines
        VirtualTime/Nodes              # virtual time on several nodes
        """);
}
