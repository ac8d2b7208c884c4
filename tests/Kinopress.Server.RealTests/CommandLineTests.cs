using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>The commands: one line on standard error where something is wrong, and never a stack trace.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Without_a_command_the_flags_are_those_of_serve()
    {
        await using var site = await RunningSite.StartAsync();

        var second = await site.RunAsync(["--urls", $"http://127.0.0.1:{RunningSite.FreePort()}"]);
        var mistyped = await site.RunAsync(["sevre"]);

        IsOneLineOfRefusal(second);
        Assert.Contains("already running", second.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, mistyped.ExitCode);
    }

    [Theory]
    [InlineData("setup-link")]
    [InlineData("token", "create", "--user", RunningSite.OwnerEmail, "--name", "x")]
    [InlineData("password", "--user", RunningSite.OwnerEmail, "--password-stdin")]
    public async Task A_folder_without_a_site_is_refused_and_stays_empty(params string[] command)
    {
        using var kinopress = new CommandLine();

        var refused = await kinopress.RunAsync(command, "a new password", environment: null);

        IsOneLineOfRefusal(refused);
        Assert.Contains(kinopress.Data, refused.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(kinopress.Data));
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_folder_refuses_to_start()
    {
        await using var site = await RunningSite.StartAsync();

        var second = await site.RunAsync(["serve", "--urls", $"http://127.0.0.1:{RunningSite.FreePort()}"]);

        IsOneLineOfRefusal(second);
        Assert.Contains("already running", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var kinopress = new CommandLine();

        var refused = await kinopress.RunAsync("serve", "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        IsOneLineOfRefusal(refused);
        Assert.Contains("--urls", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_options_are_said_at_once()
    {
        using var kinopress = new CommandLine();

        var refused = await kinopress.RunAsync(["serve", "--urls", "ftp://example.org"], input: null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KINOPRESS__Encoders"] = "999",
            ["KINOPRESS__ReservedDiskInBytes"] = "-1",
            ["KINOPRESS__MaxUploadSizeInBytes"] = "-2",
        });

        IsOneLineOfRefusal(refused);
        Assert.All((string[])["urls", "encoders", "reservedDiskInBytes", "maxUploadSizeInBytes"], name => Assert.Contains(name, refused.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_option_that_is_no_number_is_said_in_one_line()
    {
        using var kinopress = new CommandLine();

        var refused = await kinopress.RunAsync(["serve"], input: null, new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__Encoders"] = "many" });

        IsOneLineOfRefusal(refused);
        Assert.Contains("Encoders", refused.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Setup_works_once()
    {
        using var kinopress = new CommandLine();

        var weak = await kinopress.SetUpAsync(RunningSite.OwnerEmail, "123");
        var first = await kinopress.SetUpAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);
        var second = await kinopress.SetUpAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);

        IsOneLineOfRefusal(weak);
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        IsOneLineOfRefusal(second);
    }

    [Fact]
    public async Task A_new_setup_link_ends_the_one_before()
    {
        await using var site = await RunningSite.StartAsync();
        using var http = new HttpClient();
        var former = site.SetupLink;

        var printed = await site.RunAsync(["setup-link", "--urls", site.Address.ToString()]);
        var link = new Uri(printed.Output.Trim());
        using var stale = await http.GetAsync(former);
        var fresh = await http.GetStringAsync(link);

        Assert.Equal(0, printed.ExitCode);
        Assert.NotEqual(former, link);
        Assert.Equal(HttpStatusCode.Forbidden, stale.StatusCode);
        Assert.Contains("type=\"password\"", fresh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setup_link_after_setup_is_refused()
    {
        using var kinopress = new CommandLine();

        await kinopress.SetUpAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);

        IsOneLineOfRefusal(await kinopress.RunAsync("setup-link"));
    }

    [Fact]
    public async Task A_token_is_printed_alone_and_works()
    {
        await using var site = await RunningSite.StartAsync();
        await site.SetUpAsync();
        using var http = new HttpClient();

        var token = await site.RunAsync(["token", "create", "--user", RunningSite.OwnerEmail, "--name", "script"]);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Output.Trim());
        var answer = await http.GetAsync(new Uri(site.Address, "/rest/v1/uploads"));

        Assert.Equal(0, token.ExitCode);
        Assert.Single(token.Output.Trim().Split((char[])[' ', '\n']));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_for_nobody_or_for_nothing_is_refused()
    {
        using var kinopress = new CommandLine();
        await kinopress.SetUpAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);

        var forNobody = await kinopress.RunAsync("token", "create", "--user", "nobody@example.org", "--name", "x");
        var forNothing = await kinopress.RunAsync("token", "create", "--user", RunningSite.OwnerEmail, "--name", "x", "--scopes", "videos:read,world:rule");

        IsOneLineOfRefusal(forNobody);
        IsOneLineOfRefusal(forNothing);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced()
    {
        using var kinopress = new CommandLine();
        await kinopress.SetUpAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);

        var changed = await kinopress.RunAsync(["password", "--user", RunningSite.OwnerEmail, "--password-stdin"], "something else now", environment: null);
        var ofNobody = await kinopress.RunAsync(["password", "--user", "nobody@example.org", "--password-stdin"], "something else now", environment: null);

        Assert.Equal((0, ""), (changed.ExitCode, changed.Error));
        IsOneLineOfRefusal(ofNobody);
    }

    [Fact]
    public async Task The_doctor_is_content_with_a_good_machine()
    {
        Tools.NeedFfmpeg();
        using var kinopress = new CommandLine();

        var (exitCode, output, error) = await kinopress.RunAsync("doctor", "--urls", $"http://127.0.0.1:{RunningSite.FreePort()}");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain("FAIL", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_how_to_get_ffmpeg()
    {
        using var kinopress = new CommandLine();

        var (exitCode, output, error) = await kinopress.RunAsync(["doctor"], input: null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KINOPRESS__Ffmpeg"] = "no-such-ffmpeg",
            ["KINOPRESS__Ffprobe"] = "no-such-ffprobe",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("apt-get install -y ffmpeg", output, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (exitCode, output, error) = await Tools.RunAsync(RunningSite.Executable, "version");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^kinopress \d+\.\d+\.\d+\S*\s*$", output);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_said_in_one_line()
    {
        using var kinopress = new CommandLine();
        var file = Path.Combine(kinopress.Data, "a-file");
        await File.WriteAllTextAsync(file, "");

        IsOneLineOfRefusal(await Tools.RunAsync(RunningSite.Executable, "serve", "--data", file));
    }

    private static void IsOneLineOfRefusal((int ExitCode, string Output, string Error) end)
    {
        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal("", end.Output.Trim());
        Assert.Single(end.Error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", end.Error, StringComparison.Ordinal);
    }
}
