using Kinopress.Testing;

namespace Kinopress.Server.RealTests.Support;

/// <summary>The executable's commands on a data folder that is deleted at the end.</summary>
internal sealed class CommandLine : IDisposable
{
    public string Data { get; } = Directory.CreateTempSubdirectory("kinopress-cli-").FullName;

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(arguments, input: null, environment: null);

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, string? input, IReadOnlyDictionary<string, string>? environment)
    {
        using var process = Tools.Start(RunningSite.Executable, [.. arguments, "--data", Data], environment);
        if (input is not null)
        {
            await process.StandardInput.WriteLineAsync(input);
        }

        return await Tools.FinishAsync(process);
    }

    public Task<(int ExitCode, string Output, string Error)> SetUpAsync(string email, string password) => RunAsync(
        ["setup", "--site-name", "Film Night", "--owner-name", "Anna Owner", "--owner-email", email, "--owner-password-stdin"], password, environment: null);

    public void Dispose() => Directory.Delete(Data, recursive: true);
}
