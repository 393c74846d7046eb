System.Console.WriteLine("nudge");
