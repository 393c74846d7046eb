using Akka.Configuration;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Transport;
using Nudge.Wire;

namespace Nudge.Hosting;

/// <summary>Akka's settings for a node.</summary>
internal static class NodeConfiguration
{
    internal static Config Create(NodeSettings settings) => ConfigurationFactory.ParseString($$"""
        {{DataPath.SettingsPath}} {
            bind = "{{settings.BoundTo}}"
            port = {{settings.DataPort}}
            longest = {{settings.FrameBytes}}
            frames-per-second = {{settings.Budget.FramesPerSecond}}
        }
        {{VotingLease.SettingsPath}}.lease-class = "{{typeof(VotingLease).FullName}}, {{typeof(VotingLease).Assembly.GetName().Name}}"
        {{ErrorOutputLogger.VerboseSetting}} = {{OnOff(settings.Verbose)}}
        {{ErrorOutput.Setting}}
        akka {
            loglevel = {{LevelOf(settings)}}
            stdout-loglevel = OFF
            loggers = ["{{typeof(ErrorOutputLogger).FullName}}, {{typeof(ErrorOutputLogger).Assembly.GetName().Name}}"]
            log-dead-letters = off
            log-dead-letters-during-shutdown = off
            actor.provider = cluster
            coordinated-shutdown {
                run-by-clr-shutdown-hook = off
                exit-clr = off
            }
            remote {
                log-remote-lifecycle-events = {{OnOff(settings.Verbose)}}
                # A connection that was reset is made again at once: with the usual 5 s a node would be taken for lost meanwhile.
                retry-gate-closed-for = 200ms
                dot-netty.tcp {
                    hostname = "{{settings.BoundTo}}"
                    public-hostname = "{{settings.Host}}"
                    # With it two nodes could listen on one port, and each would get half of the connections.
                    tcp-reuse-addr = off
                    enable-ssl = {{OnOff(settings.Tls is not null)}}
                    port = {{settings.Port}}
                    maximum-frame-size = {{settings.FrameBytes}}b
                    # A step waits for its neighbours' messages: what is written must leave at once.
                    batching.enabled = false
                }
            }
            cluster {
                roles = ["{{settings.Role}}"{{(settings.Store is null ? "" : $", \"{NodeSettings.StoreRole}\"")}}]
                log-info = {{OnOff(settings.Verbose)}}
                gossip-interval = 200ms
                leader-actions-interval = 200ms
                unreachable-nodes-reaper-interval = 200ms
                seed-node-timeout = 2s
                retry-unsuccessful-join-after = 1s
                downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
                down-removal-margin = 500ms
                split-brain-resolver {
                    active-strategy = lease-majority
                    stable-after = 2s
                    lease-majority {
                        lease-implementation = {{VotingLease.SettingsPath}}
                        acquire-lease-delay-for-minority = 0s
                    }
                }
                failure-detector {
                    heartbeat-interval = 250ms
                    # Kernels and other people's work may keep a small machine busy for a second.
                    acceptable-heartbeat-pause = 2s
                }
            }
        }
        """)
        .WithFallback(WireConfiguration.Create(settings.Values))
        .WithFallback(LoopDispatcher.Configuration)
        .WithFallback(settings.Store?.Configuration ?? Config.Empty);

    private static string LevelOf(NodeSettings settings) =>
        settings.Verbose ? "INFO" : settings.Role == NodeSettings.Worker ? "WARNING" : "ERROR";

    private static string OnOff(bool value) => value ? "on" : "off";
}
