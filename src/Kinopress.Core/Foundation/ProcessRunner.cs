using System.ComponentModel;
using System.Text;
using CliWrap;

namespace Kinopress.Core.Foundation;

/// <summary>Runs programs on this machine through CliWrap, without a shell: arguments are never parsed again.</summary>
public sealed class ProcessRunner : IProcessRunner
{
    private const int MaxOutputCharacters = 16 * 1024 * 1024;
    private const int MaxErrorCharacters = 8 * 1024;
    private const int BackgroundNiceness = 10;

    public async Task<ProcessOutcome> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        var program = request.Program;
        IReadOnlyList<string> arguments = request.Arguments;
        if (request.InBackground && !OperatingSystem.IsWindows())
        {
            arguments = ["-n", BackgroundNiceness.ToString(System.Globalization.CultureInfo.InvariantCulture), program, .. arguments];
            program = "nice";
        }

        var output = new StringBuilder();
        var errors = new StringBuilder();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.Timeout is { } timeout)
        {
            deadline.CancelAfter(timeout);
        }

        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(arguments)
                .WithValidation(CommandResultValidation.None)
                .WithStandardInputPipe(request.WriteInput is { } write ? PipeSource.Create(write) : PipeSource.Null)
                .WithStandardOutputPipe(request.ReadOutput is { } read
                    ? PipeTarget.Create(read)
                    : PipeTarget.ToDelegate(request.OnOutputLine ?? (line => AppendBounded(output, line, MaxOutputCharacters))))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => AppendTail(errors, line)))
                .ExecuteAsync(deadline.Token);

            return Missing(program, result.ExitCode)
                ? throw new ProgramMissingException(request.Program, inner: null)
                : new ProcessOutcome(result.ExitCode, output.ToString(), errors.ToString());
        }
        catch (Win32Exception exception)
        {
            throw new ProgramMissingException(request.Program, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProcessOutcome(-1, output.ToString(), errors.Append("\ntook too long and was stopped").ToString());
        }
    }

    // nice answers 126 or 127 when it cannot start what it was given (POSIX nice, EXIT STATUS).
    private static bool Missing(string program, int exitCode) => program == "nice" && exitCode is 126 or 127;

    private static void AppendBounded(StringBuilder target, string line, int limit)
    {
        if (target.Length + line.Length < limit)
        {
            target.Append(line).Append('\n');
        }
    }

    private static void AppendTail(StringBuilder target, string line)
    {
        lock (target)
        {
            target.Append(line).Append('\n');
            if (target.Length > MaxErrorCharacters * 2)
            {
                target.Remove(0, target.Length - MaxErrorCharacters);
            }
        }
    }
}
