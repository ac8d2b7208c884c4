using System.Diagnostics;
using System.Globalization;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests.Support;

/// <summary>nginx with its RTMP module: a service of another make that takes streams and keeps them. Disposing kills it and deletes what it kept.</summary>
internal sealed class NginxRtmp : IAsyncDisposable
{
    private const string Module = "/usr/lib/nginx/modules/ngx_rtmp_module.so";
    private readonly string _folder = Directory.CreateTempSubdirectory("kinopress-nginx-").FullName;
    private Process? _process;

    public int Port { get; } = RunningSite.FreePort();

    /// <summary>Takes every key.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{Port}/app");

    /// <summary>Takes none.</summary>
    public string ForbiddenUrl => string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{Port}/forbidden");

    public static void Need() => Assert.SkipUnless(File.Exists(Module), "nginx with its RTMP module is not installed");

    public IReadOnlyList<string> Recordings => [.. Directory.EnumerateFiles(_folder, "*.flv").Order(StringComparer.Ordinal)];

    public async Task StartAsync()
    {
        var configuration = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            load_module {{Module}};
            user root;
            daemon off;
            pid {{_folder}}/nginx.pid;
            error_log {{_folder}}/error.log notice;
            events { }
            rtmp {
              server {
                listen 127.0.0.1:{{Port}};
                access_log off;
                application app { live on; record all; record_path {{_folder}}; record_unique on; }
                application forbidden { live on; deny publish all; }
              }
            }
            """));
        _process = Tools.Start("/usr/sbin/nginx", ["-c", configuration, "-e", Path.Combine(_folder, "error.log")]);
    }

    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
