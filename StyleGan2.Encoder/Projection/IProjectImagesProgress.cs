namespace StyleGan2.Encoder.Projection;

/// <summary>Receives the progress of <see cref="ProjectImages"/>.</summary>
public interface IProjectImagesProgress
{
    /// <summary>Something worth a line.</summary>
    void Note(string message);

    /// <summary>Pictures are checked before the first one is projected.</summary>
    /// <param name="pictures">How many.</param>
    void Checking(int pictures);

    /// <summary>A picture's projection begins.</summary>
    /// <param name="picture">The name of the picture's file.</param>
    /// <param name="steps">Its number of steps.</param>
    void Started(string picture, int steps);

    /// <summary>A picture has been checked, or a step taken.</summary>
    void Stepped();

    /// <summary>A picture's results are written.</summary>
    void Finished(string picture, ProjectionResult result);

    /// <summary>A picture could not be projected.</summary>
    /// <param name="picture">The name of the picture's file.</param>
    /// <param name="reason">One line that says what is wrong and what to do.</param>
    void Failed(string picture, string reason);
}
