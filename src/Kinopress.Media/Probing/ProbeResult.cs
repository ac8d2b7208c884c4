namespace Kinopress.Media.Probing;

/// <summary>Exactly one of the two is set.</summary>
public readonly record struct ProbeResult
{
    public ProbeResult(ProbedMedia media) => Media = media;

    public ProbeResult(ProbeRefusal refusal) => Refusal = refusal;

    public ProbedMedia? Media { get; }

    public ProbeRefusal? Refusal { get; }

    public static implicit operator ProbeResult(ProbedMedia media) => new(media);

    public static implicit operator ProbeResult(ProbeRefusal refusal) => new(refusal);
}
