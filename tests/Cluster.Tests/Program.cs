using Nudge.Cluster.Tests.Checkpoints;
using Nudge.Cluster.Tests.Store;

// Tests start this assembly as a process of its own when they need one that they may kill.
if (args is ["save", string directory])
    CheckpointWriter.SaveForever(directory, Console.Out);
else if (args is ["keep", string store])
    await SliceSaver.KeepForeverAsync(store);
