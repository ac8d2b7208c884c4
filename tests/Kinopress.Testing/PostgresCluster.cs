using System.Diagnostics;

namespace Kinopress.Testing;

/// <summary>
/// A PostgreSQL cluster of our own, made when first needed and deleted when the run ends. It listens only on a socket in
/// its own folder and forgets everything at a power cut, which is what makes it quick.
/// </summary>
internal static class PostgresCluster
{
    private const string Settings = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=400 -c shared_buffers=64MB -c autovacuum=off";

    private static readonly Lazy<string> Folder = new(Start);

    public static string ConnectionTo(string database) =>
        $"Host={Folder.Value};Port=5432;Username=postgres;Database={database};Maximum Pool Size=30;Include Error Detail=true";

    private static string Start()
    {
        var folder = Directory.CreateTempSubdirectory("kinopress-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", folder);
        }

        RunAsPostgres("initdb", "-D", $"{folder}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(folder);
        RunAsPostgres("pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o", $"{Settings} -k {folder}", "start");
        return folder;
    }

    private static void Stop(string folder)
    {
        RunAsPostgres("pg_ctl", "-D", $"{folder}/data", "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private static void RunAsPostgres(string program, params string[] arguments)
    {
        var path = Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().Select(version => $"{version}/bin/{program}").First(File.Exists);
        if (Environment.IsPrivilegedProcess)
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
            return;
        }

        Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Output goes nowhere: a server started by pg_ctl would hold a pipe open for ever.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
