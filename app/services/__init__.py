"""Use cases: one public function each; never commits, never knows HTTP."""
