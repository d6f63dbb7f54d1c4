namespace StyleGan2.Encoder.Results;

/// <summary>Receives the progress of a run.</summary>
public interface IRunProgress
{
    /// <summary>Something worth a line.</summary>
    void Note(string line);

    /// <summary>What is done next, in a line that is not needed where progress is shown otherwise.</summary>
    void Announce(string line);

    /// <summary>A piece of work begins; the one before it is over.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="steps">Its number of steps.</param>
    void Begin(string name, int steps);

    /// <summary>A step of it is done.</summary>
    void Step();

    /// <summary>A part of the run has failed; the others go on.</summary>
    /// <param name="reason">One line that says what is wrong and what to do.</param>
    void Failed(string reason);
}
