using System.Globalization;

namespace Kinopress.Server.RealTests.Support;

/// <summary>OBS Studio with a profile of its own, which streams a coloured surface as soon as it is started. Needs a display: Xvfb.</summary>
internal static class ObsStudio
{
    private const string Name = "Test";

    /// <summary>Writes its settings below a folder.</summary>
    /// <param name="server">Address up to the application.</param>
    public static async Task WriteProfileAsync(string home, string server, string streamKey)
    {
        var root = Path.Combine(home, ".config", "obs-studio");
        var profile = Path.Combine(root, "basic", "profiles", Name);
        var scenes = Path.Combine(root, "basic", "scenes");
        Directory.CreateDirectory(profile);
        Directory.CreateDirectory(scenes);
        await File.WriteAllTextAsync(Path.Combine(root, "global.ini"), $"""
            [General]
            FirstRun=true
            EnableAutoUpdates=false
            ConfirmOnExit=false
            LastVersion=503316480
            InfoIncrement=2
            [Basic]
            Profile={Name}
            ProfileDir={Name}
            SceneCollection={Name}
            SceneCollectionFile={Name}
            """);
        await File.WriteAllTextAsync(Path.Combine(profile, "basic.ini"), $"""
            [General]
            Name={Name}
            [Output]
            Mode=Simple
            Reconnect=false
            [SimpleOutput]
            VBitrate=1000
            ABitrate=128
            StreamEncoder=x264
            Preset=ultrafast
            UseAdvanced=true
            [Video]
            BaseCX=640
            BaseCY=360
            OutputCX=640
            OutputCY=360
            FPSType=0
            FPSCommon=30
            """);
        await File.WriteAllTextAsync(
            Path.Combine(profile, "service.json"),
            $$$"""{"type":"rtmp_custom","settings":{"server":"{{{server}}}","key":"{{{streamKey}}}","bwtest":false,"use_auth":false}}""");
        await File.WriteAllTextAsync(Path.Combine(scenes, Name + ".json"), $$$"""
            {"name":"{{{Name}}}","current_scene":"Scene","current_program_scene":"Scene","scene_order":[{"name":"Scene"}],"sources":[
              {"id":"scene","versioned_id":"scene","name":"Scene","settings":{"custom_size":false,"id_counter":1,"items":[
                {"name":"Colour","id":1,"visible":true,"pos":{"x":0.0,"y":0.0},"scale":{"x":1.0,"y":1.0}}]}},
              {"id":"color_source","versioned_id":"color_source_v3","name":"Colour","settings":{"color":4286611711,"width":640,"height":360}}]}
            """);
    }

    /// <summary>What starts it for so long, streaming at once, without a screen and without a graphics card.</summary>
    public static IReadOnlyList<string> Arguments(string home, int seconds) =>
    [
        $"HOME={home}", $"XDG_CONFIG_HOME={Path.Combine(home, ".config")}", $"XDG_RUNTIME_DIR={home}", "LIBGL_ALWAYS_SOFTWARE=1", "QT_QPA_PLATFORM=xcb",
        "xvfb-run", "-a", "-s", "-screen 0 1280x720x24 +extension GLX",
        "timeout", "--signal=INT", "--kill-after=15", seconds.ToString(CultureInfo.InvariantCulture),
        "obs", "--multi", "--profile", Name, "--collection", Name, "--startstreaming", "--disable-updater", "--disable-missing-files-check",
    ];
}
