using Nudge.Actors;

namespace Nudge.Hosting;

/// <summary>A keeper's node is about to leave; answered by <see cref="HandOver"/> once nothing is under way.</summary>
internal sealed record KeeperRetires;

/// <summary>Asks a keeper to end its slices' lives in order, and to save them.</summary>
internal sealed record HandOver;

/// <summary>A life has ended in order; its state is in the store.</summary>
/// <param name="Books">Its closed books.</param>
internal sealed record HandedOver(SliceBooks Books);
