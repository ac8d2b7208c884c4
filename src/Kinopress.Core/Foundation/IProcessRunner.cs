namespace Kinopress.Core.Foundation;

/// <summary>Starts other programs. The one seam to them, so that a remote worker or a test can stand in.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end. Cancelling kills it and everything it started.</summary>
    /// <exception cref="ProgramMissingException">The program is not installed.</exception>
    Task<ProcessOutcome> RunAsync(ProcessRequest request, CancellationToken cancellationToken);
}

/// <summary>A program and how to run it.</summary>
/// <param name="Program">A name looked up on PATH, or a path.</param>
public sealed record ProcessRequest(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Runs at low priority, so that the site stays quick beside it.</summary>
    public bool InBackground { get; init; }

    /// <summary>
    /// Gets the program's standard input; returning ends it. Its token is cancelled when the program has ended and takes no
    /// more. Null gives it none.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>
    /// Gets the program's standard output, as bytes; null where it is lines. Reads it to its end, or the program waits for
    /// ever to be rid of it.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? ReadOutput { get; init; }

    /// <summary>Killed after this long; null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Called for each line of standard output as it comes; null collects them into the outcome. Not with <see cref="ReadOutput"/>.</summary>
    public Action<string>? OnOutputLine { get; init; }
}

/// <summary>How a program ended.</summary>
/// <param name="ErrorOutput">The last 8 KiB of standard error, for the log; never shown to visitors.</param>
public sealed record ProcessOutcome(int ExitCode, string Output, string ErrorOutput)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>The program is not installed or not executable.</summary>
public sealed class ProgramMissingException(string program, Exception? inner)
    : Exception($"{program} is not installed.", inner)
{
    public string Program { get; } = program;
}
