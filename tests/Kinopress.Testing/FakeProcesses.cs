using System.Collections.Concurrent;
using Kinopress.Core.Foundation;

namespace Kinopress.Testing;

/// <summary>
/// Stands in for ffprobe and ffmpeg. Without a script every file is a short film and every encoder run fails; a test
/// changes what it needs. Thread-safe.
/// </summary>
public sealed class FakeProcesses : IProcessRunner
{
    private readonly ConcurrentQueue<ProcessRequest> _requests = new();

    /// <summary>Neither program is installed.</summary>
    public bool AreMissing { get; set; }

    /// <summary>What ffprobe prints about any file.</summary>
    public ProcessOutcome Probe { get; set; } = Says(Film());

    /// <summary>What an encoder run does; the token fires when its job is cancelled.</summary>
    public Func<ProcessRequest, CancellationToken, Task<ProcessOutcome>> Encode { get; set; } =
        (_, _) => Task.FromResult(new ProcessOutcome(1, "", "the encoder is scripted to fail"));

    public IReadOnlyList<ProcessRequest> Encodings => [.. _requests.Where(request => request.Program == "ffmpeg")];

    public Task<ProcessOutcome> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        if (AreMissing)
        {
            throw new ProgramMissingException(request.Program, inner: null);
        }

        if (request.Arguments.Contains("-version"))
        {
            return Task.FromResult(new ProcessOutcome(0, $"{request.Program} version 7.0\n", ""));
        }

        _requests.Enqueue(request);
        return request.Program == "ffprobe" ? Task.FromResult(Probe) : Encode(request, cancellationToken);
    }

    public static ProcessOutcome Says(string json) => new(0, json, "");

    /// <summary>What ffprobe says of a film of 6 s, 640×360, H.264 and AAC.</summary>
    public static string Film(string duration = "6.000000", int width = 640, int height = 360, string codecTag = "avc1") =>
        $$"""
        {"streams":[
          {"index":0,"codec_name":"h264","profile":"High","codec_type":"video","codec_tag_string":"{{codecTag}}","width":{{width}},"height":{{height}},
           "pix_fmt":"yuv420p","level":30,"r_frame_rate":"30/1","avg_frame_rate":"30/1","sample_aspect_ratio":"1:1","duration":"{{duration}}","bit_rate":"800000","disposition":{"default":1,"attached_pic":0} },
          {"index":1,"codec_name":"aac","profile":"LC","codec_type":"audio","codec_tag_string":"mp4a","sample_rate":"48000","channels":2,"channel_layout":"stereo","duration":"{{duration}}","bit_rate":"128000","disposition":{"default":1} } ],
         "format":{"format_name":"mov,mp4,m4a,3gp,3g2,mj2","duration":"{{duration}}","start_time":"0.000000","bit_rate":"930000"} }
        """;
}
