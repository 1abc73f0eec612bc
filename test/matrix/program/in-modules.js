// Helper modules that the program requires.
require("./first");
require("./last");
