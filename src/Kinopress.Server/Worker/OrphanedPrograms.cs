using System.ComponentModel;
using System.Diagnostics;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Worker;

/// <summary>
/// Ends encoders that outlived a killed server. They are known by the scratch folder of this data folder in their command
/// line, which no other process has. Linux only; elsewhere they end by themselves.
/// </summary>
internal sealed partial class OrphanedPrograms(DataFolder folder, ILogger<OrphanedPrograms> logger)
{
    public void End()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName is "ffmpeg" or "nice" && CommandLineOf(process.Id).Contains(folder.Work + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    End(process);
                }
            }
        }
    }

    private void End(Process process)
    {
        try
        {
            process.Kill();
            Log.Ended(logger, process.Id);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // Somebody else's, or gone meanwhile.
        }
    }

    private static string CommandLineOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // gone meanwhile, or not ours
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "encoder.orphan_ended", Message = "Ended encoder {ProcessId} left over from a killed server")]
        public static partial void Ended(ILogger logger, int processId);
    }
}
