using System.IO.Pipelines;
using Kinopress.Core.Foundation;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Support;

/// <summary>Stands in for the ffmpeg that encodes what a page records: any input brings the same film. Thread-safe.</summary>
internal sealed class ScriptedEncoder
{
    private readonly TaskCompletionSource _failing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it puts out; zero for nothing.</summary>
    public TimeSpan Film { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>It does not end with its input.</summary>
    public bool Hangs { get; init; }

    /// <summary>Completes when one was killed.</summary>
    public Task Killed => _killed.Task;

    /// <summary>The one that runs now, and no other, ends with an error.</summary>
    public void Fail() => _failing.TrySetResult();

    public async Task<ProcessOutcome> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        if (request.Arguments.Contains("-encoders"))
        {
            return FakeProcesses.Says(" V....D libx264 H.264\n A....D aac AAC\n");
        }

        if (request is not { WriteInput: { } write, ReadOutput: { } read })
        {
            return new ProcessOutcome(1, "", "pictures are not taken here");
        }

        using var exited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = new Pipe();
        var output = new Pipe();
        var writing = WriteAsync(write, input.Writer, exited.Token);
        var reading = read(output.Reader.AsStream(), cancellationToken);
        try
        {
            return new ProcessOutcome(await EncodeAsync(input.Reader, output.Writer, cancellationToken), "", "scripted");
        }
        catch (OperationCanceledException)
        {
            _killed.TrySetResult();
            throw;
        }
        finally
        {
            await output.Writer.CompleteAsync();
            await exited.CancelAsync();
            await Task.WhenAll(writing, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> EncodeAsync(PipeReader input, PipeWriter output, CancellationToken cancellationToken)
    {
        var mayFail = !_failing.Task.IsCompleted;
        var first = await input.ReadAsync(cancellationToken);
        input.AdvanceTo(first.Buffer.End);
        if (Film > TimeSpan.Zero)
        {
            await output.WriteAsync(TestSiteBroadcasts.Film(Film), cancellationToken);
        }

        var draining = input.CopyToAsync(Stream.Null, cancellationToken);
        await (mayFail ? Task.WhenAny(draining, _failing.Task) : draining);
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return draining.IsCompletedSuccessfully ? 0 : 1;
    }

    private static async Task WriteAsync(Func<Stream, CancellationToken, Task> write, PipeWriter input, CancellationToken cancellationToken)
    {
        await write(input.AsStream(), cancellationToken);
        await input.CompleteAsync();
    }
}
