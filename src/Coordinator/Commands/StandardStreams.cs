using System.Runtime.InteropServices;
using System.Text;
using Nudge.Recording;

namespace Nudge.Commands;

/// <summary>
/// Standard output and standard error, whatever they are connected to. Results that cannot be written are an error in plain
/// words; progress and messages that cannot be written are dropped, for they must not end a run.
/// </summary>
internal static class StandardStreams
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    /// <summary>Prepares both streams; before anything is written.</summary>
    internal static void Prepare()
    {
        Console.SetOut(WriterTo(IsOpen(OutputDescriptor)
            ? new GuardedStream(Console.OpenStandardOutput(), Refuse)
            : new GuardedStream(null, Refuse)));
        Console.SetError(WriterTo(IsOpen(ErrorDescriptor)
            ? new GuardedStream(Console.OpenStandardError(), Drop)
            : Stream.Null));
    }

    private static StreamWriter WriterTo(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    private static void Refuse(string reason) => throw OutputException.OfStandardOutput($"standard output cannot be written: {reason}");

    private static void Drop(string reason)
    {
        // There is nowhere left to say it.
    }

    /// <summary>
    /// Whether the program was started with this descriptor open. If it was not, the runtime may have given its number to
    /// a file or a pipe of its own, into which output must never go: such a descriptor is closed on exec, and one that came
    /// through exec cannot be.
    /// </summary>
    private static bool IsOpen(int descriptor)
    {
        const int GetDescriptorFlags = 1;
        const int CloseOnExec = 1;
        if (OperatingSystem.IsWindows())
            return true;
        int flags = Control(descriptor, GetDescriptorFlags);
        return flags >= 0 && (flags & CloseOnExec) == 0;
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);

    /// <summary>Hands on what is written, and the reason where it cannot be.</summary>
    /// <param name="target">Where to; null where the stream is closed.</param>
    /// <param name="failed">Receives the reason.</param>
    private sealed class GuardedStream(Stream? target, Action<string> failed) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (target is null)
            {
                failed("it is closed");
                return;
            }

            try
            {
                target.Write(buffer);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failed(error.GetBaseException().Message);
            }
        }

        // The stream of a console does not buffer.
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
