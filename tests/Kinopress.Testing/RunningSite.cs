using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kinopress.Testing;

/// <summary>
/// The real executable in a process of its own, on a free port of 127.0.0.1 and a data folder of its own. Disposing
/// kills it and deletes the folder.
/// </summary>
public sealed partial class RunningSite : IAsyncDisposable
{
    public const string OwnerEmail = "owner@example.org";
    public const string OwnerPassword = "correct horse battery staple";

    private readonly IReadOnlyDictionary<string, string> _environment;
    private const int RememberedLogLines = 60;

    private readonly bool _ownsData;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    private RunningSite(string data, bool ownsData, Uri address, IReadOnlyDictionary<string, string> environment)
    {
        Data = data;
        _ownsData = ownsData;
        Address = address;
        _environment = environment;
    }

    public string Data { get; }

    public Uri Address { get; }

    /// <summary>The last lines it wrote.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>The one-time link it printed at its first start; null when the site was set up already.</summary>
    public Uri? SetupLink { get; private set; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The site is not running.");

    /// <summary>Path of the built executable, beside the tests.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "kinopress.exe" : "kinopress");

    /// <param name="data">A data folder to use and keep; null for a fresh one that is deleted at the end.</param>
    /// <param name="environment">Extra environment variables; null for none.</param>
    public static async Task<RunningSite> StartAsync(string? data = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("kinopress-").FullName;
        var site = new RunningSite(folder, data is null, new Uri($"http://127.0.0.1:{FreePort()}"), environment ?? new Dictionary<string, string>(StringComparer.Ordinal));
        await site.RestartAsync();
        return site;
    }

    /// <summary>Starts it (again), on the same folder and address, and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        _process = Launch("serve", "--urls", Address.ToString().TrimEnd('/'));
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
            ?? throw new InvalidOperationException("The site did not start: " + await _process.StandardError.ReadToEndAsync());
        SetupLink = Link().Match(line) is { Success: true } match ? new Uri(match.Value) : null;
        _ = RememberAsync(_process.StandardError); // drained, so that the site never waits for its log
        _ = RememberAsync(_process.StandardOutput);
    }

    private async Task RememberAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            _log.Enqueue(line);
            if (_log.Count > RememberedLogLines)
            {
                _log.TryDequeue(out _);
            }
        }
    }

    /// <summary>Runs another command on the same data folder.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, string? input = null)
    {
        using var process = Launch(arguments);
        if (input is not null)
        {
            await process.StandardInput.WriteLineAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Sets the site up from the command line and makes an access token for its owner.</summary>
    public async Task<string> SetUpAsync()
    {
        var setup = await RunAsync(["setup", "--site-name", "Film Night", "--owner-name", "Anna Owner", "--owner-email", OwnerEmail, "--owner-password-stdin"], OwnerPassword);
        if (setup.ExitCode != 0)
        {
            throw new InvalidOperationException(setup.Error);
        }

        var token = await RunAsync(["token", "create", "--user", OwnerEmail, "--name", "tests"]);
        return token.ExitCode == 0 ? token.Output.Trim() : throw new InvalidOperationException(token.Error);
    }

    /// <summary>Ends it as a power cut would (SIGKILL), leaving its children alone.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: false);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        if (_ownsData && Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        foreach (var argument in (string[])[.. arguments, "--data", Data])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["KINOPRESS__RTMPURLS"] = "none"; // several sites run at a time, and there is one port 1935
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The executable did not start.");
    }

    [GeneratedRegex(@"http\S+/setup\?token=\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
