using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fuzz.Running;

/// <summary>Runs a program on Linux, and learns from the kernel how much memory it had at most.</summary>
internal static partial class ChildProcess
{
    private const int OpenToWrite = 0x241;
    private const int OwnersOnly = 0x180;
    private const int SizeOfActions = 256;
    private const int Kill = 9;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="output">The file that receives what it writes.</param>
    /// <param name="error">The file that receives its errors.</param>
    /// <param name="limit">How long it may run; then it is ended.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    internal static ProcessEnd Run(string[] command, string output, string error, TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int pid = Start(command, output, error);
        bool isEnded = false;
        using Timer timer = new(_ =>
        {
            if (!Volatile.Read(ref isEnded))
            {
                kill(pid, Kill);
            }
        }, null, limit, Timeout.InfiniteTimeSpan);
        Span<long> usage = stackalloc long[18];
        int status = 0;
        int waited = wait4(pid, ref status, 0, ref usage[0]);
        Volatile.Write(ref isEnded, true);
        return waited == pid
            ? new ProcessEnd((status & 0x7f) == 0 ? (status >> 8) & 0xff : null, status & 0x7f, watch.Elapsed, usage[4] << 10)
            : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static int Start(string[] command, string output, string error)
    {
        nint actions = Marshal.AllocHGlobal(SizeOfActions);
        try
        {
            posix_spawn_file_actions_init(actions);
            posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0);
            posix_spawn_file_actions_addopen(actions, 1, output, OpenToWrite, OwnersOnly);
            posix_spawn_file_actions_addopen(actions, 2, error, OpenToWrite, OwnersOnly);
            string?[] environment =
                [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}"), null];
            int result = posix_spawnp(out int pid, command[0], actions, 0, [.. command, null], environment);
            posix_spawn_file_actions_destroy(actions);
            return result == 0 ? pid : throw new Win32Exception(result);
        }
        finally
        {
            Marshal.FreeHGlobal(actions);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawnp(
        out int pid, string file, nint actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc")]
    private static partial void posix_spawn_file_actions_init(nint actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void posix_spawn_file_actions_addopen(nint actions, int descriptor, string path, int flags, int mode);

    [LibraryImport("libc")]
    private static partial void posix_spawn_file_actions_destroy(nint actions);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int wait4(int pid, ref int status, int options, ref long usage);

    [LibraryImport("libc")]
    private static partial void kill(int pid, int signal);
}
