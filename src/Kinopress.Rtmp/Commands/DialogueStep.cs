namespace Kinopress.Rtmp.Commands;

/// <summary>What a publisher's command led to.</summary>
internal enum DialogueStep
{
    /// <summary>It was answered, or needed no answer.</summary>
    GoOn,

    /// <summary>It asks to publish, which is not answered yet.</summary>
    Publish,

    /// <summary>It ends the publishing.</summary>
    End,
}
